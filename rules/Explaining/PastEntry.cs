using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Explaining;

/// <summary>One entry of a member's journal as an explanation needs it.</summary>
/// <param name="Seq">Its number within the member.</param>
/// <param name="At">The clock of its decision.</param>
/// <param name="Actor">Who caused it: an API key's name, an import, a timer.</param>
/// <param name="Version">The programme that decided it.</param>
/// <param name="Command">What was asked.</param>
/// <param name="Facts">What it changed.</param>
public sealed record PastEntry(
    long Seq, DateTimeOffset At, string Actor, string Version, MemberCommand Command,
    ImmutableArray<Fact> Facts)
{
    internal EntryFacts ToFacts() => new(Seq, Command, Facts);
}
