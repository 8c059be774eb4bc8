using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 7 added for coupons, every member set.</summary>
internal static class GoldenCoupons
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    public static IEnumerable<(string Name, EntryBody Body)> Seventh =>
    [
        ("coupon-grant", Of(
            new MemberCommand.GrantCoupon("beauty-50", CouponCause.Hand, "sorry")
            {
                Piece = "s/1",
                List = "b/2",
            },
            new Fact.CouponGranted(
                1, "beauty-50", At, At.AddDays(30), 2, CouponCause.Rule, new("thanks/gift", "", 0))
            {
                At = At,
                Piece = "s/1",
                List = "b/2",
                Reason = "sorry",
            })),
        ("coupon-reserve", Of(
            new MemberCommand.ReserveCoupon(1, "beauty-hall", "R-1", At.AddMinutes(10)),
            new Fact.CouponReserved(1, "beauty-50", "beauty-hall", "R-1", At.AddMinutes(10)))),
        ("coupon-release", Of(
            new MemberCommand.ReleaseCoupon(1), new Fact.CouponReleased(1, "beauty-50", "released"))),
        ("coupon-redeem", Of(
            new MemberCommand.RedeemCoupon(
                1, "beauty-hall", "R-1", new(260.5m), [new("K-1", "lipstick", "Rouge", 1, new(260.5m))]),
            new Fact.CouponRedeemed(
                1, "beauty-50", "beauty-hall", "R-1", "bay", new(2026, 11, 21), new(50))
            {
                Funding = new(40, 0, 60),
            })),
        ("coupon-return", Of(
            new MemberCommand.ReturnCoupon(1, "beauty-hall", "R-1"),
            new Fact.CouponReturned(1, "beauty-50", "beauty-hall", "R-1", "bay", new(50), "void")
            {
                Piece = "s/1",
            })),
        ("coupon-void", Of(
            new MemberCommand.VoidCoupon(1, "printed twice"),
            new Fact.CouponEnded(1, "beauty-50", "void", 2, "printed twice") { Piece = "s/1" })),
        ("coupon-ask", Of(
            new MemberCommand.EndCouponAsk("s/2", null, At.AddMinutes(1)),
            new Fact.CouponAsked("s/2", "flash", At, new("thanks/gift", "", 0)))),
        ("coupon-ask-end", Of(
            new MemberCommand.EndCouponAsk("s/2", "sold_out", null),
            new Fact.CouponAskEnded("s/2", "flash", "sold_out", At.AddMinutes(1)))),
    ];

    private static EntryBody Of(MemberCommand command, Fact fact) => new(7, command, [fact], new([], "gold"));
}
