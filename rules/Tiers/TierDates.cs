using MallVip.Rules.Due;
using MallVip.Rules.Events;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tiers;

/// <summary>
/// When tiers end. The four ways of Talon.One's programmes (from the tier's start, the joining of the
/// programme, an attribute of the customer, a fixed cycle) are <see cref="TierAnchor"/> and
/// <see cref="TierValidity.OnDay"/>.
/// </summary>
internal static class TierDates
{
    /// <summary>24:00 of the last day of a validity that begins on a day; null: no end.</summary>
    /// <param name="member">Whose enrolment or attribute may be counted from.</param>
    public static DateTimeOffset? Until(
        Tier tier, DateOnly day, Programme programme, MemberState member, TimeZoneInfo zone) =>
        tier.Validity is { } validity
            ? ZoneTime.EndOfDay(LastDay(validity, day, Anchor(validity, programme, member)), zone)
            : null;

    /// <summary>The last day of a validity whose end has come.</summary>
    public static DateOnly LastDay(DateTimeOffset end, TimeZoneInfo zone) =>
        ZoneTime.Day(end.AddTicks(-1), zone);

    private static DateOnly LastDay(TierValidity validity, DateOnly day, DateOnly? anchor)
    {
        if (validity.OnDay is { } fixedDay)
            return FirstSuch(fixedDay, validity.Months > 0 ? day.AddMonths(validity.Months) : day.AddDays(1));
        var last = anchor is { } from ? NextFrom(from, day, validity.Months) : day.AddMonths(validity.Months);
        return validity.ToMonthEnd ? LotDates.DayOf(last.Year, last.Month, 31) : last;
    }

    private static DateOnly? Anchor(TierValidity validity, Programme programme, MemberState member) =>
        validity.From switch
        {
            TierAnchor.Entry => null,
            TierAnchor.Enrolment => ZoneTime.Day(member.EnrolledAt, MemberZone.Of(member, programme)),
            TierAnchor.Attribute =>
                (member.Attributes.GetValueOrDefault(validity.Attribute!) as FieldValue.Date)?.Value,
            _ => throw new InvalidOperationException($"Unknown anchor {validity.From}."),
        };

    /// <summary>The first day after another that lies whole validities from the anchor.</summary>
    private static DateOnly NextFrom(DateOnly anchor, DateOnly day, int months)
    {
        var passed = ((day.Year - anchor.Year) * 12) + day.Month - anchor.Month;
        var whole = (int)Math.Floor(passed / (decimal)months);
        var next = anchor.AddMonths(whole * months);
        return next > day ? next : anchor.AddMonths((whole + 1) * months);
    }

    private static DateOnly FirstSuch(DateOnly monthDay, DateOnly from)
    {
        var such = LotDates.DayOf(from.Year, monthDay.Month, monthDay.Day);
        return such >= from ? such : LotDates.DayOf(from.Year + 1, monthDay.Month, monthDay.Day);
    }
}
