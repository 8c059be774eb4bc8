using MallVip.Rules.Due;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>
/// Events that a member claims by their receipts: so many a day, by the clock of the claim and not by the
/// event's own time. A day's claims add up as the use of a limit does, in a merge too.
/// </summary>
internal static class ClaimArm
{
    /// <summary>Stands in <see cref="Members.LimitUse.Key"/>; no rule is called so, since a rule's id has a
    /// slash.</summary>
    private const string Key = "claims";

    /// <summary>Counts one claim; nothing is counted where the programme sets no limit.</summary>
    /// <returns>Null: the member may claim it.</returns>
    public static Decision? Count(DecisionDraft draft)
    {
        if (draft.Programme.Claims.PerDay is not { } most)
            return null;
        var zone = MemberZone.Of(draft.State, draft.Programme);
        var (day, ends) = LimitWindows.Of(LimitWindow.Day, ZoneTime.Day(draft.Now, zone));
        if (LimitWindows.UseOf(draft.State, Key, day).Times >= most)
        {
            var next = ZoneTime.StartOfDay(ends, zone);
            return Refusal.Of(
                RejectionKind.ClaimLimited, null,
                $"{most} events are claimed on this day; the next may be claimed from {next:O} on.");
        }

        draft.Add(new Fact.LimitUsed(Key, day, ends, 1, Points.Zero));
        return null;
    }
}
