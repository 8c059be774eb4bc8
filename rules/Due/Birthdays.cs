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
    private static readonly TimeSpan ZoneStep = TimeSpan.FromMinutes(15);

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
        while (next <= state.FiredThrough || IsCelebrated(state, next))
            next = In(++year, day, zone);
        return next;
    }

    /// <summary>
    /// The birthday that has fired comes again when the zone of the mall is corrected. Its instant is a
    /// midnight somewhere, at a whole quarter of an hour; that of an enrolment or of a birthday that became
    /// known is not, but by chance.
    /// </summary>
    private static bool IsCelebrated(MemberState state, DateTimeOffset next) =>
        next - state.FiredThrough < MemberZone.SameMidnight && state.FiredThrough != state.EnrolledAt
        && state.FiredThrough.Ticks % ZoneStep.Ticks == 0;

    private static DateTimeOffset In(int year, DateOnly day, TimeZoneInfo zone) =>
        ZoneTime.StartOfDay(LotDates.DayOf(year, day.Month, day.Day), zone);
}
