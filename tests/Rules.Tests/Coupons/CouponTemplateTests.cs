using MallVip.Rules.Checking;
using MallVip.Rules.Coupons;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Comparing;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Coupons;

/// <summary>What a template says is what is kept of it, and what it promised stays.</summary>
public class CouponTemplateTests
{
    [Fact]
    public void All_keys_of_a_template_are_read()
    {
        var template = Vouchers.Programme().Coupons["beauty-50"];

        Assert.Equal(("美妆满 200 减 50", new(50), new(200)),
            (template.Name, ((CouponValue.MoneyOff)template.Value).Amount, template.From));
        Assert.Equal("beauty", Assert.Single(template.Scope.Categories));
        var full = One("""
            { percent: 12.5, cap: 30, from: 99.90, valid: { from: 2026-12-01, to: 2026-12-24 }, after: 2,
              uses: 3, per-member: { times: 2, every: week }, stack: xmas, on-return: void,
              funding: { mall: 40%, brand: 60% }, stock: 1000, stock-per-day: 100,
              claim: { from: "2026-12-01T10:00", to: "2026-12-02T10:00", tiers: [gold], hold: 5,
                waiting: 50 } }
            """);
        Assert.Equal(new CouponValue.PercentOff(12.5m, new(30)), full.Value);
        Assert.Equal(new CouponValidity(null, new(2026, 12, 1), new(2026, 12, 24), 2), full.Valid);
        Assert.Equal((3, new CouponLimit(2, LimitWindow.Week), "xmas", CouponReturn.Void),
            (full.Uses, full.PerMember, full.Stack, full.OnReturn));
        Assert.Equal((new(40, 0, 60), 1000L, 100L), (full.Funding, full.Stock, full.StockPerDay));
        Assert.Equal((new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.FromHours(8)), 5, 50),
            (full.Claim!.From, full.Claim.HoldMinutes, full.Claim.Waiting));
    }

    [Theory]
    [InlineData("{ gift: Bag, valid: { days: 9 } }", null)]
    [InlineData("{ name: Nine, off: 9, valid: { days: 9 }, stock: 9, after: 1 }", null)]
    [InlineData("{ off: 9, valid: { to: 2026-12-31 } }", null)]
    [InlineData("{ off: 8, valid: { days: 9 } }", "COUPON_CHANGED")]
    [InlineData("{ off: 9, valid: { days: 9 }, from: 10 }", "COUPON_CHANGED")]
    [InlineData("{ off: 9, valid: { days: 9 }, scope: { tiers: [gold] } }", "COUPON_CHANGED")]
    [InlineData("{ off: 9, valid: { days: 9 }, scope: { days: [mon] } }", "COUPON_CHANGED")]
    [InlineData("{ off: 9, valid: { days: 9 }, funding: { store: 100% } }", "COUPON_CHANGED")]
    [InlineData("Nine off", "COUPON_REMOVED")]
    public void What_members_may_hold_does_not_change_under_its_name(string next, string? code)
    {
        var before = Load(code is null && next.Contains("gift", StringComparison.Ordinal)
            ? next : "{ off: 9, valid: { days: 9 } }");

        var found = Removals.Of(before, Load(next), []);

        Assert.Equal(code, found.SingleOrDefault()?.Code);
        Assert.All(found, one => Assert.Equal(Severity.Error, one.Severity));
    }

    [Fact]
    public void A_comparison_names_the_coupon()
    {
        var change = Assert.Single(ProgrammeComparison.ChangesOf(
            Load("{ off: 9, valid: { days: 9 } }").Sources, Load("{ off: 8, valid: { days: 9 } }").Sources));

        Assert.Equal((ChangeKind.Changed, "coupon", "one"), (change.Change, change.What, change.Id));
    }

    private static CouponTemplate One(string template) => Load(template).Coupons["one"];

    private static Programme Load(string template) => Small.Programme(
        "ruleset: none", Small.Declarations.Replace(
            "coupons: { ten-off: 10 off }",
            $"coupons:\n  one: {template.Replace("\n", " ", StringComparison.Ordinal)}",
            StringComparison.Ordinal));
}
