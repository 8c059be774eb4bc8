using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;

namespace MallVip.Rules.Deciding;

/// <summary>
/// One entry of a member's journal as far as decisions read it, stored or not yet committed.
/// </summary>
/// <param name="Seq">Its number within the member.</param>
/// <param name="Command">What was asked; null where only the facts were read.</param>
public readonly record struct EntryFacts(long Seq, MemberCommand? Command, ImmutableArray<Fact> Facts)
{
    /// <inheritdoc cref="LotNumbers"/>
    public EntryFacts WithLotsFrom(int from) => this with { Facts = LotNumbers.Shift(Facts, from) };
}
