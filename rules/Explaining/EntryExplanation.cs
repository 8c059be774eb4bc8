using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Explaining;

/// <summary>Where everything in one entry comes from.</summary>
/// <param name="Entry">What was asked and what it changed.</param>
/// <param name="Programme">The version that decided it.</param>
/// <param name="Events">What the rules did with each event that the entry decided.</param>
/// <param name="Lines">Points, tier changes, tags, and the attributes and effects of rules.</param>
/// <param name="Ladder">What was asked of the ladder last; empty: nothing was.</param>
/// <param name="IsSame">Whether deciding it again gave what is recorded. If not, another build decided it:
/// amounts are those on record, reasons may differ from what they were.</param>
public sealed record EntryExplanation(
    PastEntry Entry, Programme Programme, ImmutableArray<EventExplanation> Events,
    ImmutableArray<LineExplanation> Lines, ImmutableArray<TierExplanation> Ladder, bool IsSame)
{
    /// <summary>The event that was asked about, not what time or rules made of it; null: none.</summary>
    public EventExplanation? Main => Entry.Command is MemberCommand.RecordEvent { Event: var asked }
        ? Events.FirstOrDefault(happened => happened.Event == asked)
        : Events.LastOrDefault();
}
