using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>Operators let points last longer, or lapse at once.</summary>
public class EndsTests
{
    [Fact]
    public void All_points_with_an_earlier_end_last_until_the_new_one()
    {
        var shopper = Bought();
        shopper.Do(new MemberCommand.ExtendPoints("points", Shopper.At("2026-12-10T00:00"), null, "flood"));
        Assert.Equal("lot 1 of 100 until 2026-12-10 00:00", LedgerText.Last(shopper));
        Assert.Equal(
            """
            lot 1 points 100/100 until 2026-12-10 00:00
            lot 2 points 30/30 until 2026-12-12 00:00
            """,
            LedgerText.Lots(shopper));

        shopper.Do(new MemberCommand.ExtendPoints("points", Shopper.At("2027-01-01T00:00"), null, "flood"));
        Assert.Equal("lot 1+2 of 130 until 2027-01-01 00:00", LedgerText.Last(shopper));
        Assert.Equal(130, shopper.Wait("2026-12-31T23:59").Fires().State.Available("points").Value);
        Assert.Equal(0, shopper.Wait("2027-01-01T00:00").Fires().State.Available("points").Value);
    }

    [Fact]
    public void Only_points_that_end_before_a_day_are_extended_and_may_pass_the_others()
    {
        var shopper = Bought();
        shopper.Do(new MemberCommand.ExtendPoints(
            "points", Shopper.At("2027-01-01T00:00"), Shopper.At("2026-12-05T00:00"), "flood"));

        Assert.Equal(
            """
            lot 2 points 30/30 until 2026-12-12 00:00
            lot 1 points 100/100 until 2027-01-01 00:00
            """,
            LedgerText.Lots(shopper));
        shopper.Spends(40);
        Assert.Equal("spent 40 from 2:30+1:10", LedgerText.Last(shopper));
    }

    [Fact]
    public void Points_lapse_early_all_of_them_or_those_that_end_before_a_day()
    {
        var shopper = Bought();
        shopper.Do(new MemberCommand.ExpirePoints("points", Shopper.At("2026-12-05T00:00"), "misuse"));
        Assert.Equal("lot 1 expired 100", LedgerText.Last(shopper));

        shopper.Do(new MemberCommand.ExpirePoints("points", null, "misuse"));
        Assert.Equal("lot 2 expired 30", LedgerText.Last(shopper));
        Assert.Equal(RejectionKind.NoSuchPoints, shopper.Refused(Expire()).Kind);
    }

    [Fact]
    public void Held_points_do_not_lapse_and_pending_ones_do()
    {
        var shopper = Bought().Holds("H", 50);
        shopper.Do(Expire());
        Assert.Equal("lot 1 expired 80", LedgerText.Last(shopper));
        shopper.Captures("H");

        var waiting = new Shopper(Examples.PointPerYuan(wallet => wallet with { PendingDays = 3 }).Build())
            .Buys("beauty-hall", 10);
        waiting.Do(Expire());
        Assert.Equal("balance 0 pending 0 earned 10 reversed 0 spent 0 expired 10 adjusted 0",
            LedgerText.Wallet(waiting));
    }

    [Fact]
    public void A_return_counts_what_an_operator_let_lapse_as_lapsed()
    {
        var shopper = Bought();
        shopper.Do(Expire());
        shopper.Returns("beauty-hall", "A", 100);

        Assert.Equal("lot 1 reversed 0 from nothing lapsed 100", LedgerText.Last(shopper));
    }

    [Fact]
    public void An_end_in_the_past_no_wallet_and_no_points_are_refused_by_name()
    {
        var shopper = Bought();
        var past = new MemberCommand.ExtendPoints("points", shopper.Now, null, "flood");

        Assert.Equal(RejectionKind.InvalidEnd, shopper.Refused(past).Kind);
        Assert.Equal(RejectionKind.UnknownWallet, shopper.Refused(past with { Wallet = "x" }).Kind);
        Assert.Equal(RejectionKind.NoSuchPoints, shopper.Refused(
            past with { Until = Shopper.At("2026-12-01T13:00") }).Kind);
        shopper.Becomes(MemberStatus.Closed);
        Assert.Equal(RejectionKind.MemberBlocked, shopper.Refused(Expire()).Kind);
    }

    private static MemberCommand.ExpirePoints Expire() => new("points", null, "misuse");

    /// <summary>100 points until the 2nd of December, 30 until the 12th.</summary>
    private static Shopper Bought() =>
        new Shopper(Examples.PointPerYuan(wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(10) })
            .Build())
            .Buys("beauty-hall", 100, "A").Wait("2026-12-01T12:00").Buys("beauty-hall", 30, "B");
}
