using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Coupons;

/// <summary>Coupons that are about to end are told of, once, while they may still be used.</summary>
public class CouponExpiringTests
{
    private const string Rules = """
        ruleset: t
        rules:
          soon:
            on: coupon.expiring(3d)
            alert: { name: soon, data: { coupon: event.coupon, coupons: event.coupons, days: event.days } }
        """;

    [Fact]
    public void Those_of_a_template_that_end_together_are_one_event_and_used_ones_none()
    {
        var shopper = Vouchers.Shopper(Rules).Gets("beauty-50").Gets("beauty-50").Gets("tenth").Gets("solo")
            .Redeems(3, "R1", 100);

        // beauty-50 ends on the 21st of December, the tenth on the 31st, solo on the 20th of January.
        shopper.Wait("2026-12-18T00:00").Do(new MemberCommand.FireDue());
        Assert.Equal(["soon 2 beauty-50 3"], Effects(shopper));
        Assert.IsType<Decision.Unchanged>(
            shopper.Wait("2026-12-18T01:00").Do(new MemberCommand.FireDue()));
        shopper.Wait("2027-01-17T00:00").Do(new MemberCommand.FireDue());
        Assert.Equal(["soon 1 solo 3"], Effects(shopper));
    }

    private static IEnumerable<string> Effects(Shopper shopper) =>
        from effect in shopper.Last.OfType<Fact.Effect>()
        select $"{effect.Target} {Text(effect, "coupons")} {Text(effect, "coupon")} {Text(effect, "days")}";

    private static string Text(Fact.Effect effect, string name) => FieldText.Of(effect.Data![name]);
}
