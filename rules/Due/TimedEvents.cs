using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Due;

/// <summary>
/// When the events come that time makes, and what they say. Each of them fires once per occurrence: what lies
/// at or before its mark has been fired.
/// </summary>
internal static class TimedEvents
{
    /// <summary>The next occurrence that has not been fired; null: none.</summary>
    public static DateTimeOffset? Next(MemberState state, Programme programme, TimedEvent timed)
    {
        var through = Through(state, timed.Type);
        return timed.Kind switch
        {
            TimedKind.Inactive => After(through, InactiveAt(state, programme, timed.Days)),
            TimedKind.Expiring => FirstExpiring(state, timed.Days, through),
            TimedKind.TierEnding => After(through, state.Tier?.Until?.AddDays(-timed.Days)),
            _ => throw new InvalidOperationException($"Unknown event of time {timed.Kind}."),
        };
    }

    /// <summary>What the occurrence at an instant says: one event; of expiring points one a wallet.</summary>
    public static IEnumerable<Trigger> At(MemberState state, TimedEvent timed, DateTimeOffset at) =>
        timed.Kind switch
        {
            TimedKind.Inactive => [new Trigger { Days = timed.Days }],
            TimedKind.Expiring => Expiring(state, timed.Days, at.AddDays(timed.Days)),
            TimedKind.TierEnding =>
                [new Trigger { Days = timed.Days, From = state.Tier!.Tier, Ends = state.Tier.Until!.Value }],
            _ => throw new InvalidOperationException($"Unknown event of time {timed.Kind}."),
        };

    private static Trigger[] Expiring(MemberState state, int days, DateTimeOffset ends) =>
    [
        .. state.Lots.Where(lot => lot.ExpiresAt == ends)
            .GroupBy(lot => lot.Wallet, StringComparer.Ordinal)
            .OrderBy(wallet => wallet.Key, StringComparer.Ordinal)
            .Select(wallet => new Trigger
            {
                Days = days,
                Wallet = wallet.Key,
                Points = wallet.Sum(lot => lot.Remaining.Value),
                Ends = ends,
            }),
    ];

    /// <summary>00:00 of the Nth day after the last day in a mall, or after the enrolment.</summary>
    private static DateTimeOffset InactiveAt(MemberState state, Programme programme, int days)
    {
        var zone = MemberZone.Of(state, programme);
        var last = ZoneTime.Day(state.EnrolledAt, zone);
        if (state.Days.LastDay is { } seen && seen > last)
            last = seen;
        return ZoneTime.StartOfDay(last.AddDays(days), zone);
    }

    private static DateTimeOffset? FirstExpiring(MemberState state, int days, DateTimeOffset through)
    {
        DateTimeOffset? first = null;
        foreach (ref readonly var lot in state.Lots.AsSpan())
            if (After(through, lot.ExpiresAt?.AddDays(-days)) is { } at && (first is null || at < first))
                first = at;
        return first;
    }

    private static DateTimeOffset? After(DateTimeOffset through, DateTimeOffset? at) =>
        at > through ? at : null;

    private static DateTimeOffset Through(MemberState state, string type)
    {
        foreach (var mark in state.Timed)
            if (mark.Event == type)
                return mark.Through;
        return default;
    }
}
