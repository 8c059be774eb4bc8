using MallVip.Rules.Quantities;

namespace MallVip.Rules.Coupons;

/// <summary>From when until when a coupon is taken, in whole days of the mall where it was granted, else of
/// the member's own.</summary>
/// <param name="Days">On so many days, the first included; null: <paramref name="From"/> and
/// <paramref name="To"/> say.</param>
/// <param name="From">The first day; null: the day of the grant.</param>
/// <param name="To">The last day, included; null where <paramref name="Days"/> says.</param>
/// <param name="After">So many days after the grant it begins. Default 0: at once.</param>
public sealed record CouponValidity(int? Days, DateOnly? From, DateOnly? To, int After)
{
    /// <summary>The first instant of a coupon, the midnight before a grant that is good at once, and the
    /// first one after it.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) Of(DateTimeOffset granted, TimeZoneInfo zone)
    {
        var day = ZoneTime.Day(granted, zone).AddDays(After);
        if (From > day)
            day = From.Value;
        var until = ZoneTime.StartOfDay(Days is { } days ? day.AddDays(days) : To!.Value.AddDays(1), zone);
        var from = ZoneTime.StartOfDay(day, zone);
        return (from, until);
    }
}
