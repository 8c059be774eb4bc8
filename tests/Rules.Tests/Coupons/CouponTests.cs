using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Coupons;

/// <summary>The life of a coupon: granted, reserved, redeemed, returned, over.</summary>
public class CouponTests
{
    [Fact]
    public void A_granted_coupon_is_good_for_its_days_the_first_included()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50").Gets("park");

        Assert.Equal("1 beauty-50 x1 to 12-21 00:00; 2 park x1 to 01-21 00:00", shopper.Text());
        Assert.Equal(Shopper.At("2026-11-22T00:00"), shopper.State.Coupons!.Find(2)!.Value.From);
    }

    [Fact]
    public void What_it_takes_off_is_on_record_with_store_receipt_and_day()
    {
        var shopper = Vouchers.Shopper().Gets("tenth").Redeems(1, "R1", 250);

        Assert.Equal(
            new Fact.CouponRedeemed(1, "tenth", "beauty-hall", "R1", "bay", new(2026, 11, 21), new(25)),
            shopper.Last.Single());
        Assert.Equal(30, Redeemed(Vouchers.Shopper().Gets("tenth").Redeems(1, "R1", 999)));
        Assert.Equal(50, Redeemed(Vouchers.Shopper().Gets("beauty-50").Redeems(1, "R1", 200)));
    }

    [Fact]
    public void A_coupon_is_used_once_and_comes_back_with_a_return()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50").Redeems(1, "R1", 200);
        Assert.Equal(RejectionKind.CouponUsed, shopper.Refused(Vouchers.Redeem(1, "R2", 200)).Kind);

        shopper.Do(new MemberCommand.ReturnCoupon(1, "beauty-hall", "R1"));

        Assert.Equal("1 beauty-50 x1 to 12-21 00:00", shopper.Text());
        shopper.Redeems(1, "R2", 200);
    }

    [Fact]
    public void A_coupon_of_two_uses_is_used_twice_on_two_receipts()
    {
        var shopper = Vouchers.Shopper().Gets("twice").Redeems(1, "R1", 20);
        Assert.Equal(RejectionKind.CouponUsed, shopper.Refused(Vouchers.Redeem(1, "R1", 20)).Kind);

        shopper.Redeems(1, "R2", 20);

        Assert.Equal(RejectionKind.CouponUsed, shopper.Refused(Vouchers.Redeem(1, "R3", 20)).Kind);
    }

    [Fact]
    public void A_return_may_void_it()
    {
        var shopper = Vouchers.Shopper().Gets("twice").Redeems(1, "R1", 20);
        shopper.Do(new MemberCommand.ReturnCoupon(1, "beauty-hall", "R1"));

        Assert.Equal("", shopper.Text());
    }

    [Fact]
    public void A_reserved_coupon_waits_for_its_till_until_the_time_is_over()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50");
        shopper.Do(new MemberCommand.ReserveCoupon(1, "beauty-hall", "R1", shopper.Now.AddMinutes(10)));

        Assert.Equal(RejectionKind.CouponReserved, shopper.Refused(Vouchers.Redeem(1, "R2", 200)).Kind);
        Assert.Equal(
            RejectionKind.CouponReserved, shopper.Refused(Vouchers.Redeem(1, "R1", 200, "noodles")).Kind);
        shopper.Wait("2026-11-21T12:10").Redeems(1, "R2", 200);

        Assert.Equal(
            [new Fact.CouponReleased(1, "beauty-50", "ended")], shopper.Last.OfType<Fact.CouponReleased>());
    }

    [Fact]
    public void It_expires_by_the_clock_whether_a_timer_has_run_or_not()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50").Wait("2026-12-20T23:59");
        Assert.IsType<Decision.Accepted>(shopper.Decide(Vouchers.Redeem(1, "R1", 200)));

        shopper.Wait("2026-12-21T00:00");

        Assert.Equal(RejectionKind.CouponExpired, shopper.Refused(Vouchers.Redeem(1, "R1", 200)).Kind);
        shopper.Fires();
        Assert.Equal(
            new Fact.CouponEnded(1, "beauty-50", "expired", 1, null), Assert.Single(shopper.Last));
        Assert.Equal(RejectionKind.CouponExpired, shopper.Refused(Vouchers.Redeem(1, "R1", 200)).Kind);
    }

    [Fact]
    public void A_used_coupon_is_forgotten_once_its_time_has_passed()
    {
        var shopper = Vouchers.Shopper().Gets("twice").Redeems(1, "R1", 20).Redeems(1, "R2", 20)
            .Wait("2026-12-02T12:00").Gets("beauty-50");

        Assert.Equal("2 beauty-50 x1 to 01-01 00:00", shopper.Text());
    }

    [Fact]
    public void A_piece_is_given_once()
    {
        var shopper = Vouchers.Shopper();
        var piece = Vouchers.Grant("flash") with { Piece = "flash/7" };
        shopper.Do(piece);

        Assert.IsType<Decision.Unchanged>(shopper.Decide(piece));
    }

    [Fact]
    public void A_rule_grants_a_coupon_in_its_own_entry_within_the_members_limit()
    {
        var shopper = Vouchers.Shopper("""
            ruleset: t
            rules:
              gift: { on: mall.purchase, grant-coupon: twice }
              old: { on: mall.purchase, grant-coupon: ten-off }
            """);

        shopper.Buys("noodles", 10).Buys("noodles", 10).Buys("noodles", 10);

        Assert.Equal("1 twice x2 to 12-01 00:00; 2 twice x2 to 12-01 00:00", shopper.Text());
        Assert.Equal("t/gift", shopper.Journal[1].Facts.OfType<Fact.CouponGranted>().Single().Why!.Rule);
        Assert.All(shopper.Journal.Skip(1), entry => Assert.Single(entry.Facts.OfType<Fact.Effect>()));
    }

    [Fact]
    public void Of_a_stock_a_rule_asks_for_a_piece_and_the_grant_answers()
    {
        var shopper = Vouchers.Shopper(
            "ruleset: t\nrules:\n  gift: { on: mall.purchase, grant-coupon: flash }\n").Buys("noodles", 10);

        var ask = shopper.State.Coupons!.Asks.Single();
        Assert.Equal(($"{Shopper.Id}/1", shopper.Now), (
            ask.Piece, MemberDecider.NextDue(shopper.State, shopper.Programme)));
        var answer = new MemberCommand.GrantCoupon("flash", CouponCause.Rule, null);
        shopper.Do(answer with { Piece = ask.Piece });

        Assert.Empty(shopper.State.Coupons!.Asks);
        Assert.Equal("t/gift", shopper.Last.OfType<Fact.CouponGranted>().Single().Why!.Rule);
        Assert.IsType<Decision.Unchanged>(shopper.Decide(answer with { Piece = "another/1" }));
    }

    [Fact]
    public void An_ask_comes_again_or_is_over()
    {
        var shopper = Vouchers.Shopper(
            "ruleset: t\nrules:\n  gift: { on: mall.purchase, grant-coupon: flash }\n").Buys("noodles", 10);
        var later = shopper.Now.AddMinutes(1);
        var piece = shopper.State.Coupons!.Asks.Single().Piece;
        shopper.Do(new MemberCommand.EndCouponAsk(piece, null, later));
        Assert.Equal(later, shopper.State.Coupons!.Asks.Single().DriveAt);

        shopper.Do(new MemberCommand.EndCouponAsk(piece, "sold_out", null));

        Assert.Empty(shopper.State.Coupons!.Asks);
    }

    [Fact]
    public void Who_goes_on_after_a_merge_takes_the_coupons_over_under_higher_numbers()
    {
        var own = Vouchers.Shopper().Gets("beauty-50").Gets("tenth");
        var other = Vouchers.Shopper().Gets("solo").Redeems(1, "R9", 300);

        own.Do(new MemberCommand.Absorb("m", new(7), other.Journal.Count, other.State with { Id = new(7) }));

        Assert.Equal(
            "1 beauty-50 x1 to 12-21 00:00; 2 tenth x1 to 01-01 00:00; 3 solo x0 to 01-20 00:00", own.Text());
        Assert.Equal((2, 1), (own.State.Absorbed[0].CouponsFrom, own.State.Absorbed[0].Coupons));
        own.Do(new MemberCommand.ReturnCoupon(3, "beauty-hall", "R9"));
        Assert.Equal("4 golden", own.Gets("golden").Text().Split("; ")[^1][..8]);
    }

    private static decimal Redeemed(Shopper shopper) =>
        shopper.Last.OfType<Fact.CouponRedeemed>().Single().Off.Amount;
}
