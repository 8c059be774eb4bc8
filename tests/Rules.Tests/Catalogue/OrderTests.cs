using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Catalogue;

/// <summary>The life of an order: placed, paid, picked up, called off, expired, brought back.</summary>
public class OrderTests
{
    [Fact]
    public void An_order_sets_its_points_aside_and_its_pick_up_spends_them()
    {
        var shopper = Gifts.Shopper().Orders("tea-set");
        Assert.Equal((500, 200, 0), shopper.Purse());
        Assert.Equal((OrderStatus.Ready, Shopper.At("2026-12-06T00:00")), shopper.Stands());

        shopper.PicksUp();

        Assert.Equal((200, 200, 300), shopper.Purse());
        Assert.Equal(
            (OrderStatus.PickedUp, Shopper.At("2026-11-29T00:00")),
            shopper.Stands());
        Assert.Equal("", shopper.Back());
        Assert.Equal(RejectionKind.OrderOver, shopper.No(Gifts.PickUp()));
    }

    [Fact]
    public void The_same_order_once_more_changes_nothing()
    {
        var shopper = Gifts.Shopper().Orders("tea-set");
        Assert.IsType<Decision.Unchanged>(shopper.Do(Gifts.Order("tea-set")));
        Assert.Equal((500, 200, 0), shopper.Purse());
    }

    [Fact]
    public void Points_that_an_order_holds_are_nobody_elses()
    {
        var shopper = Gifts.Shopper().Orders("tea-set");

        Assert.Equal(
            RejectionKind.InsufficientPoints, shopper.No(new MemberCommand.Spend("points", new(201), "x")));
        Assert.Equal(RejectionKind.InsufficientPoints, shopper.No(Gifts.Order("tea-set", "o2")));
        Assert.Equal(RejectionKind.UnknownHold, shopper.No(new MemberCommand.ReleaseHold("o1", null)));
        Assert.Equal(RejectionKind.UnknownHold, shopper.No(new MemberCommand.CaptureHold("o1", null, "x")));
    }

    [Fact]
    public void An_order_called_off_leaves_the_member_as_if_it_had_never_been()
    {
        var shopper = Gifts.Shopper();
        var (lots, limits) = (shopper.State.Lots, shopper.State.Limits);

        shopper.Orders("lamp").Cancels();

        Assert.Equal((500, 500, 0), shopper.Purse());
        Assert.True(lots.SequenceEqual(shopper.State.Lots));
        Assert.True(limits.SequenceEqual(shopper.State.Limits));
        Assert.Equal("o1 to reward:lamp@bay", shopper.Back());
        shopper.Orders("lamp", "o2");
    }

    [Fact]
    public void A_reward_with_a_cash_price_waits_for_its_payment_once()
    {
        var shopper = Gifts.Shopper().Orders("lamp");
        Assert.Equal((OrderStatus.Unpaid, Shopper.At("2026-11-21T12:30")), shopper.Stands());
        Assert.Equal(RejectionKind.OrderUnpaid, shopper.No(Gifts.PickUp()));
        Assert.Equal(RejectionKind.AmountOutOfRange, shopper.No(Gifts.Pay(9.89m)));

        shopper.Wait("2026-11-21T12:29").Pays(9.90m);

        Assert.Equal((OrderStatus.Ready, Shopper.At("2026-12-06T00:00")), shopper.Stands());
        Assert.IsType<Decision.Unchanged>(shopper.Do(Gifts.Pay(9.90m)));
        Assert.Equal(RejectionKind.OrderPaid, shopper.No(Gifts.Pay(9.90m, "p2")));
        Assert.Equal((300, 300, 200), shopper.PicksUp().Purse());
    }

    [Fact]
    public void What_nobody_pays_in_time_is_over_and_a_payment_after_it_is_refused()
    {
        var shopper = Gifts.Shopper().Orders("lamp").Wait("2026-11-21T12:30");
        Assert.Equal(RejectionKind.OrderExpired, shopper.No(Gifts.Pay(9.90m)));

        shopper.Fires();

        Assert.Equal((500, 500, 0), shopper.Purse());
        Assert.Equal(OrderStatus.Expired, shopper.Order().Status);
        Assert.Equal("o1 to reward:lamp@bay", shopper.Back());
    }

    [Fact]
    public void Cash_that_was_paid_is_named_when_the_order_is_called_off()
    {
        var shopper = Gifts.Shopper().Orders("lamp").Pays(9.90m).Cancels();

        Assert.Equal(new(9.90m), shopper.Last.OfType<Fact.OrderEnded>().Single().CashBack);
        Assert.Equal("p1", shopper.Order().Payment);
    }

    [Fact]
    public void A_gift_cancelled_after_pick_up_expired()
    {
        var shopper = Gifts.Shopper().Orders("tea-set").Wait("2026-12-06T00:00");

        // No timer has run: the clock decides.
        Assert.Equal(OrderStatus.Ready, shopper.Order().Status);
        Assert.Equal(RejectionKind.OrderExpired, shopper.No(Gifts.Cancel()));
        Assert.Equal(RejectionKind.OrderExpired, shopper.No(Gifts.PickUp()));
        shopper.Fires();
        Assert.Equal(RejectionKind.OrderExpired, shopper.No(Gifts.Cancel()));

        Assert.Equal((500, 500, 0), shopper.Purse());
        Assert.Equal("o1 to reward:tea-set@bay", shopper.Back());
    }

    [Fact]
    public void A_reward_may_take_its_points_when_nobody_picks_it_up()
    {
        var shopper = Gifts.Shopper().Orders("poster").Wait("2026-11-24T00:00").Fires();

        Assert.Equal((450, 450, 50), shopper.Purse());
        Assert.Equal("o1 to reward:poster@bay", shopper.Back());
    }

    [Fact]
    public void Held_points_outlive_their_end_and_go_with_the_order()
    {
        var shopper = new Shopper(
            Gifts.Programme("\ncatalogue: { slow: { points: 300, pick-up-within: 40d } }"));
        shopper.Do(new MemberCommand.Adjust("points", new(500), "start", null));
        shopper.Orders("slow").Wait("2026-12-20T12:00").Fires();
        Assert.Equal((300, 0, 0), shopper.Purse());

        shopper.Cancels();

        Assert.Equal((0, 0, 0), shopper.Purse());
        Assert.Equal(500, shopper.State.FindWallet("points")!.Expired.Value);
    }

    [Fact]
    public void A_gift_brought_back_gives_its_points_back_and_its_piece_where_it_can_be_given_again()
    {
        var shopper = Gifts.Shopper().Orders("tea-set").PicksUp().Wait("2026-11-28T23:59");

        shopper.Do(Gifts.BringBack());

        Assert.Equal((500, 500, 300), shopper.Purse());
        Assert.Equal("o1 to reward:tea-set@bay", shopper.Back());
        Assert.Equal(OrderStatus.Returned, shopper.Order().Status);
        Assert.Equal(RejectionKind.OrderOver, shopper.No(Gifts.BringBack()));
    }

    [Fact]
    public void A_broken_gift_comes_back_to_no_stock_and_none_after_its_days()
    {
        var late = Gifts.Shopper().Orders("tea-set").PicksUp().Wait("2026-11-29T00:00");
        Assert.Equal(RejectionKind.OrderKept, late.No(Gifts.BringBack()));

        var broken = Gifts.Shopper().Orders("tea-set").PicksUp();
        broken.Do(Gifts.BringBack(restock: false));

        Assert.Equal("", broken.Back());
        Assert.Equal((500, 500, 300), broken.Purse());
    }

    [Fact]
    public void A_tier_has_its_price_and_the_order_keeps_the_one_it_was_placed_at()
    {
        var shopper = Gifts.Shopper();
        shopper.Do(new MemberCommand.GrantTier("gold", Shopper.At("2026-11-22T00:00"), "vip"));
        shopper.Orders("lamp").Pays(9.90m);
        shopper.Wait("2026-11-25T12:00").Fires();
        Assert.NotEqual("gold", shopper.State.Tier?.Tier);

        Assert.Equal((400, 400, 100), shopper.PicksUp().Purse());
    }

    [Fact]
    public void A_coupon_is_given_at_once_and_spends_the_points()
    {
        var shopper = Gifts.Shopper().Orders("voucher").Orders("voucher", "o2");

        Assert.Equal((340, 340, 160), shopper.Purse());
        Assert.Equal([1, 2], shopper.State.Coupons!.Coupons.Select(coupon => coupon.Number));
        Assert.Equal(OrderStatus.PickedUp, shopper.Order().Status);
        Assert.Equal(RejectionKind.RewardLimited, shopper.No(Gifts.Order("voucher", "o3")));
        Assert.Equal(RejectionKind.OrderOver, shopper.No(Gifts.Cancel()));
    }

    [Fact]
    public void A_coupon_with_a_cash_price_comes_with_the_payment()
    {
        var shopper = Gifts.Shopper().Orders("cash-voucher");
        Assert.Equal((500, 420, 0), shopper.Purse());
        Assert.Null(shopper.State.Coupons);

        Assert.Equal((420, 420, 80), shopper.Pays(1).Purse());

        Assert.Single(shopper.State.Coupons!.Coupons);
        Assert.Equal(OrderStatus.PickedUp, shopper.Order().Status);
    }

    [Fact]
    public void A_gift_for_no_points_is_ordered_picked_up_and_brought_back_without_a_line()
    {
        var shopper = Gifts.Shopper().Orders("birthday");
        Assert.Equal((500, 500, 0), shopper.PicksUp().Purse());
    }

    [Fact]
    public void Two_who_become_one_keep_their_orders_and_what_these_hold()
    {
        var (one, other) = (Gifts.Shopper().Orders("tea-set", "a"), Gifts.Shopper().Orders("lamp", "b"));
        one.Do(new MemberCommand.Absorb("m", new(2), other.Journal.Count, other.State));

        Assert.Equal(["a", "b"], one.State.Orders.Select(order => order.Id));
        Assert.Equal((1000, 500, 0), one.Purse());
        Assert.Equal((700, 500, 300), one.PicksUp("a").Purse());
        Assert.Equal((700, 700, 300), one.Cancels("b").Purse());
    }

    [Fact]
    public void What_is_over_is_forgotten_after_90_days_when_something_new_is_ordered()
    {
        var shopper = Gifts.Shopper().Orders("tea-set").Cancels()
            .Wait("2027-02-18T12:00").Orders("birthday", "o2");
        Assert.Equal(2, shopper.State.Orders.Length);

        shopper.PicksUp("o2").Wait("2027-02-19T12:00").Orders("birthday", "o3");

        Assert.Equal(["o2", "o3"], shopper.State.Orders.Select(order => order.Id));
        Assert.Equal(RejectionKind.UnknownOrder, shopper.No(Gifts.Cancel()));
    }

    [Fact]
    public void Whoever_may_not_spend_orders_and_picks_up_nothing_but_may_call_off()
    {
        var shopper = Gifts.Shopper().Orders("tea-set").Becomes(MemberStatus.Frozen);

        Assert.Equal(RejectionKind.MemberBlocked, shopper.No(Gifts.Order("birthday", "o2")));
        Assert.Equal(RejectionKind.MemberBlocked, shopper.No(Gifts.PickUp()));
        Assert.Equal((500, 500, 0), shopper.Cancels().Purse());
    }
}
