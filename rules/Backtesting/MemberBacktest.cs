using MallVip.Rules.Commands;
using MallVip.Rules.Explaining;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>One member's history on both sides of a back-test.</summary>
/// <param name="Before">What it is compared with.</param>
/// <param name="After">Under the programme that is tried.</param>
public sealed record MemberBacktest(MemberReplay Before, MemberReplay After)
{
    /// <summary>Whether a budget was asked for what the record has no answer to.</summary>
    public bool HasOpenAsks => Before.Budgets.Open.Count > 0 || After.Budgets.Open.Count > 0;

    /// <summary>Replays a member's entries.</summary>
    /// <param name="entries">All of them, oldest first.</param>
    /// <param name="settled">Answers to open asks, of both sides; null: nothing is settled yet.</param>
    /// <param name="others">Members who have become a part of this one.</param>
    public static MemberBacktest Run(
        IReadOnlyList<BacktestEntry> entries, BacktestTerms terms,
        (SettledAsks Before, SettledAsks After)? settled,
        IReadOnlyDictionary<MemberId, MemberBacktest> others)
    {
        var before = new MemberReplay(
            new(terms, settled?.Before), member => others.GetValueOrDefault(member)?.Before,
            entries.Count + 1);
        var after = new MemberReplay(
            new(terms, settled?.After), member => others.GetValueOrDefault(member)?.After,
            entries.Count + 1);
        foreach (var entry in entries)
        {
            if (entry.Past.At > terms.To)
                break;
            var counts = terms.From is not { } from || entry.Past.At >= from;
            // As long as the sides are one, what is decided once counts for both.
            var isOne = ReferenceEquals(before.State, after.State);
            Take(after, entry, counts, counts ? terms.Draft : null, terms);
            if (counts && !terms.AgainstRecorded)
                before.Decide(entry, terms.Published);
            else
                before.Keep(
                    entry.Past, terms.Version(entry.Past.Version), counts,
                    isOne && after.EndsWith(entry.Past) ? after.State : null);
        }

        End(before, entries, terms.Published, terms.To);
        End(after, entries, terms.Draft, terms.To);
        return new(before, after);
    }

    /// <param name="anew">What decides it; null: it stays as it is recorded.</param>
    private static void Take(
        MemberReplay side, in BacktestEntry entry, bool counts, Programme? anew, BacktestTerms terms)
    {
        if (anew is null)
            side.Keep(entry.Past, terms.Version(entry.Past.Version), counts, null);
        else
            side.Decide(entry, anew);
    }

    /// <summary>Both sides have done by the end what time makes due.</summary>
    private static void End(
        MemberReplay side, IReadOnlyList<BacktestEntry> entries, Programme programme, DateTimeOffset to)
    {
        if (entries.Count == 0 || side.State.Id is null)
            return;
        var due = new PastEntry(
            entries[^1].Past.Seq + 1, to, "", programme.Version, new MemberCommand.FireDue(), []);
        side.Decide(new(long.MaxValue, due), programme);
    }
}
