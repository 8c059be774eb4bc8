using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>
/// Spends draw what lapses first, and what is left of it lapses: the bugs of odoo 206048 (expiry took points
/// that were spent already) and FloCafe 62 (nothing ever expired).
/// </summary>
public class ExpiryTests
{
    [Fact]
    public void Expiry_draws_the_oldest_expiring_lot_first_and_really_happens()
    {
        var shopper = new Shopper(Examples.PointPerYuan(wallet => wallet with
        {
            Expiry = new ExpiryPolicy.AfterDays(30),
        }).Build(), "2026-01-01T12:00").Buys("beauty-hall", 100);
        shopper.Do(new MemberCommand.Adjust("points", new(50), "birthday", Shopper.At("2026-01-11T00:00")));
        shopper.Wait("2026-01-05T12:00").Buys("beauty-hall", 20).Spends(70);
        Assert.Equal("spent 70 from 2:50+1:20", LedgerText.Last(shopper));

        shopper.Wait("2026-01-11T00:00");
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.FireDue()));
        shopper.Wait("2026-02-01T00:00").Fires();
        Assert.Equal("lot 1 expired 80", LedgerText.Last(shopper));
        shopper.Wait("2026-02-05T00:00").Fires();
        Assert.Equal("lot 3 expired 20", LedgerText.Last(shopper));
        Assert.Equal(
            "balance 0 pending 0 earned 120 reversed 0 spent 70 expired 100 adjusted 50",
            LedgerText.Wallet(shopper));
    }

    [Fact]
    public void What_lapsed_is_gone_before_whatever_comes_next_whether_a_timer_ran_or_not()
    {
        var shopper = new Shopper(Examples.PointPerYuan(wallet => wallet with
        {
            Expiry = new ExpiryPolicy.AfterMonths(1, true),
        }).Build(), "2026-01-31T12:00").Buys("beauty-hall", 100);
        shopper.Wait("2026-03-01T00:00").Buys("beauty-hall", 7);

        Assert.Equal([100L], shopper.Last.OfType<Fact.Expired>().Select(expired => expired.Amount.Value));
        Assert.Equal(7, shopper.State.Available("points").Value);
    }
}
