using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Coupons;

/// <summary>Programmes with coupons, and how tests of coupons speak.</summary>
internal static class Vouchers
{
    public const string Templates = """

          ten-off: 10 off
          beauty-50:
            name: 美妆满 200 减 50
            off: 50
            from: 200
            scope: { categories: [beauty] }
            valid: { days: 30 }
          tenth: { percent: 10, cap: 30, valid: { to: 2026-12-31 }, on-return: keep }
          twice:
            { off: 5, uses: 2, valid: { days: 10 }, per-member: { times: 2, every: month }, on-return: void }
          weekend: { gift: Tote bag, valid: { days: 60 }, scope: { days: [sat, sun], hours: "10:00-22:00" } }
          golden: { exchange: Free coffee, valid: { days: 60 }, scope: { tiers: [gold], malls: [bay] } }
          double: { multiply: { by: 2 }, valid: { days: 60 }, stack: boost }
          triple: { multiply: { by: 3 }, valid: { days: 60 }, stack: boost }
          solo: { off: 100, valid: { days: 60 }, alone: true }
          park: { parking: 2h, valid: { days: 60 }, after: 1 }
          flash: { off: 9, valid: { days: 1 }, stock: 100 }
        """;

    public static string Declarations { get; } = Small.Declarations.Replace(
        "coupons: { ten-off: 10 off }", "coupons:" + Templates, StringComparison.Ordinal);

    public static Programme Programme(string rules = "ruleset: none") => Small.Programme(rules, Declarations);

    public static Shopper Shopper(string rules = "ruleset: none", string at = "2026-11-21T12:00") =>
        new(Programme(rules), at);

    public static Shopper Gets(this Shopper shopper, string template)
    {
        shopper.Do(Grant(template));
        return shopper;
    }

    public static Shopper Redeems(
        this Shopper shopper, int number, string receipt, decimal paid, string store = "beauty-hall")
    {
        shopper.Do(Redeem(number, receipt, paid, store));
        return shopper;
    }

    public static MemberCommand.GrantCoupon Grant(string template) => new(template, CouponCause.Hand, null);

    public static MemberCommand.RedeemCoupon Redeem(
        int number, string receipt, decimal paid, string store = "beauty-hall") =>
        new(number, store, receipt, new(paid), []);

    /// <summary>Number, template, uses left and end of each coupon, in Shanghai's time.</summary>
    public static string Text(this Shopper shopper) => string.Join("; ",
        (shopper.State.Coupons?.Coupons ?? []).Select(coupon =>
            $"{coupon.Number} {coupon.Template} x{coupon.Left} to {Local(coupon.Until):MM-dd HH:mm}"));

    private static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8));
}
