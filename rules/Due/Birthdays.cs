using MallVip.Rules.Events;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Due;

/// <summary>
/// When a member's birthday comes: 00:00 in the zone of the home mall, once a year after enrolment.
/// </summary>
internal static class Birthdays
{
    /// <summary>The attribute that holds it, as month and day.</summary>
    public const string Attribute = "birthday";

    /// <summary>The next birthday that has not been fired; null: not known.</summary>
    public static DateTimeOffset? Next(MemberState state, Programme programme)
    {
        if (state.Attributes.IsEmpty
            || state.Attributes.GetValueOrDefault(Attribute) is not FieldValue.Date { Value: var day })
            return null;
        var zone = MemberZone.Of(state, programme);
        var year = ZoneTime.Day(state.FiredThrough, zone).Year;
        var next = In(year, day, zone);
        return next > state.FiredThrough ? next : In(year + 1, day, zone);
    }

    private static DateTimeOffset In(int year, DateOnly day, TimeZoneInfo zone) =>
        ZoneTime.StartOfDay(LotDates.DayOf(year, day.Month, day.Day), zone);
}
