using MallVip.Rules.Due;
using MallVip.Rules.Ledger;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>Years that begin on the day of the enrolment, in the zone of the member's home mall.</summary>
internal static class MembershipYear
{
    /// <summary>The first day of the year of membership that an event falls into. Of a member who enrolled
    /// on the 29th of February: in other years the 28th.</summary>
    public static DateOnly FirstDay(EvalContext context)
    {
        var zone = MemberZone.Of(context.Member, context.Programme);
        var enrolled = ZoneTime.Day(context.Member.EnrolledAt, zone);
        var today = context.Day;
        if (today <= enrolled)
            return enrolled;
        var anniversary = LotDates.DayOf(today.Year, enrolled.Month, enrolled.Day);
        return anniversary <= today
            ? anniversary
            : LotDates.DayOf(today.Year - 1, enrolled.Month, enrolled.Day);
    }
}
