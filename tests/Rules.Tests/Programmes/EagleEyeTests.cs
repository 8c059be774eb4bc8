using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>
/// Eagle Eye's published recipe for points: 1 for each 100 cents, pending 5 days, redeemed from 100 in steps
/// of 100, at most 99,999, gone after 6 months at the month's end.
/// </summary>
public class EagleEyeTests
{
    private const string Declarations = """
        timezone: Asia/Shanghai
        currency: GBP
        malls: { high-street: {} }
        categories: [grocery]
        stores: { corner: grocery }
        wallets:
          points:
            pending: 5
            spend: { from: 100, step: 100 }
            ceiling: 99999
            expiry: { months: 6, to: month-end }
        """;

    private const string Rules = """
        ruleset: points
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid } }
        cases:
          - name: a point for each 100 cents, and nothing for what is left of them
            event: { type: mall.purchase, store: corner, paid: 123.99 }
            expect: { points: 123 }
        """;

    [Fact]
    public void Points_are_earned_wait_are_redeemed_in_hundreds_and_lapse_at_the_end_of_a_month()
    {
        var shopper = New().Buys("corner", 250.99m);
        Assert.Equal(
            "lot 1 points 250/250 from 2026-01-20 00:00 until 2026-08-01 00:00", LedgerText.Lots(shopper));
        Assert.Equal(RejectionKind.InsufficientPoints, Refused(shopper, 100));

        shopper.Wait("2026-01-20T00:00");
        Assert.Equal(RejectionKind.InvalidSpend, Refused(shopper, 99));
        Assert.Equal(RejectionKind.InvalidSpend, Refused(shopper, 150));
        Assert.Equal(RejectionKind.InsufficientPoints, Refused(shopper, 300));
        shopper.Spends(200);

        shopper.Wait("2026-07-31T23:59").Fires();
        Assert.Equal(50, shopper.State.Available("points").Value);
        shopper.Wait("2026-08-01T00:00").Fires();
        Assert.Equal("lot 1 expired 50", LedgerText.Last(shopper));
    }

    [Fact]
    public void No_more_than_99_999_are_ever_there()
    {
        var shopper = New().Buys("corner", 99_990).Buys("corner", 20);
        Assert.Equal("lot 1 earned 9", LedgerText.Last(shopper));
        Assert.Equal(["ceiling_reached"], shopper.Warnings);

        shopper.Wait("2026-01-20T00:00").Fires();
        Assert.Equal(99_999, shopper.State.Available("points").Value);
    }

    private static RejectionKind Refused(Shopper shopper, int points) =>
        shopper.Refused(new MemberCommand.Spend("points", new(points), "reward")).Kind;

    private static Shopper New() => new(Small.Programme(Rules, Declarations), "2026-01-15T12:00");
}
