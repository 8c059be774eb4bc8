using MallVip.Rules.Events;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>Whether rules see a purchase before or after what rewards paid of it.</summary>
public class RewardTests
{
    private const string Rules = """
        ruleset: points
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid } }
          large: { on: mall.purchase, when: event.paid >= 100, earn: { amount: 10 }, on-return: re-evaluate }
        """;

    [Theory]
    [InlineData("", 110)]
    [InlineData("rewards: { tenders: [points, voucher], earn: before }", 110)]
    [InlineData("rewards: { tenders: [points, voucher], earn: after }", 70)]
    [InlineData("rewards: { tenders: [points], earn: after }", 80)]
    public void A_purchase_of_100_of_which_20_were_points_and_10_a_voucher(string rewards, int earned)
    {
        var shopper = New(rewards).Sends(EventTypes.Purchase, Bought(100));

        Assert.Equal(earned, shopper.State.Available("points").Value);
        Assert.Equal(100, shopper.State.Days.Spent(new(2026, 1, 1), new(2027, 1, 1)));
    }

    [Fact]
    public void A_return_of_half_leaves_half()
    {
        var shopper = New("rewards: { tenders: [points, voucher], earn: after }")
            .Sends(EventTypes.Purchase, Bought(200)).Returns("beauty-hall", "R", 100);

        Assert.Equal(85, shopper.State.Available("points").Value);
    }

    [Fact]
    public void What_is_judged_again_after_a_return_has_its_share_of_the_rewards()
    {
        const string again = """
            ruleset: points
            rules:
              base: { on: mall.purchase, earn: { amount: event.paid }, on-return: re-evaluate }
            """;
        var shopper = New("rewards: { tenders: [points, voucher], earn: after }", again)
            .Sends(EventTypes.Purchase, Bought(200)).Returns("beauty-hall", "R", 100);

        Assert.Equal(85, shopper.State.Available("points").Value);
    }

    [Fact]
    public void Rewards_that_paid_more_than_was_paid_leave_nothing()
    {
        var shopper = New("rewards: { tenders: [points, voucher], earn: after }")
            .Sends(EventTypes.Purchase, Bought(25));

        Assert.Equal(0, shopper.State.Available("points").Value);
    }

    private static PurchaseData Bought(decimal paid) => new()
    {
        Receipt = "R",
        Store = "beauty-hall",
        Paid = new(paid),
        Tenders = [new("points", new(20)), new("voucher", new(10)), new("card", new(paid - 30))],
    };

    private static Shopper New(string rewards, string rules = Rules) =>
        new(Small.Programme(rules, $"{Small.Declarations}\n{rewards}\n"));
}
