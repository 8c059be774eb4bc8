using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Reviews;

/// <summary>Windows of minutes, and what else guards read.</summary>
public class ShortWindowTests
{
    private static readonly string Declarations = Small.Declarations + "\nshort-windows: true\n";

    [Fact]
    public void The_sixth_purchase_within_an_hour_is_put_under_review_and_no_other()
    {
        var shopper = Guarded("mall.purchase", "member.purchases(\"1h\") >= 5");
        for (var minute = 0; minute <= 60; minute += 10)
            shopper.Buys("noodles", 1, at: $"2026-11-21T{11 + (minute / 60)}:{minute % 60:00}");

        // Of the seventh the first lies an hour back, which the window leaves out.
        Assert.Equal(
            ["e6", "e7"], shopper.State.Reviews!.Open.Select(review => review.Event));
    }

    [Theory]
    [InlineData("member.spent(\"90m\") > 99.0", true)]
    [InlineData("member.spent(\"30m\") > 99.0", false)]
    [InlineData("member.refunds(\"1d\") == 1", true)]
    [InlineData("member.refunded(\"24h\") == 40.0", true)]
    [InlineData("member.refunds(\"10m\") == 0", true)]
    [InlineData("member.purchases(\"1d\") == 1", true)]
    [InlineData("member.reviews == 0", true)]
    public void Amounts_and_refunds_count_by_the_minute(string condition, bool holds)
    {
        var shopper = Guarded("mall.purchase", condition + " && event.receipt == \"Z\"");
        shopper.Buys("noodles", 100, "A", at: "2026-11-21T11:00");
        shopper.Sends(
            EventTypes.Refund, shopper.Back("noodles", "A", 40), at: "2026-11-21T11:10");
        shopper.Buys("noodles", 1, "Z", at: "2026-11-21T12:00");

        Assert.Equal(holds, shopper.State.Reviews is not null);
    }

    [Fact]
    public void The_newest_64_of_31_days_are_kept_whatever_order_they_come_in()
    {
        var shopper = Guarded("mall.purchase", "false");
        for (var i = 0; i < 70; i++)
            shopper.Buys("noodles", i, at: $"2026-11-21T10:{69 - i:00}".Replace(":6", ":5"));
        Assert.Equal(RecentReceipts.Most, shopper.State.Recent.Length);
        Assert.Equal(shopper.State.Recent.OrderBy(one => one.At), shopper.State.Recent);

        shopper.Wait("2026-12-23T12:00").Buys("noodles", 5);
        Assert.Equal(5, Assert.Single(shopper.State.Recent).Paid.Amount);
        var read = MemberSnapshot.Read(MemberSnapshot.Schema, MemberSnapshot.Write(shopper.State))!;
        Assert.Equal(shopper.State.Recent.ToArray(), read.Recent.ToArray());
    }

    [Fact]
    public void Nothing_is_kept_where_the_programme_does_not_ask_for_it()
    {
        var shopper = new Shopper(Small.Programme("ruleset: none")).Buys("noodles", 1);

        Assert.Empty(shopper.State.Recent);
        Assert.Equal(
            "WINDOW_NOT_KEPT",
            Small.Load(Rules("mall.purchase", "member.refunds(\"1d\") > 1"))
                .Diagnostics.First(found => found.Code.StartsWith("WINDOW", StringComparison.Ordinal)).Code);
    }

    [Theory]
    [InlineData("90")]
    [InlineData("0h")]
    [InlineData("745h")]
    [InlineData("-1h")]
    public void What_is_no_window_is_told(string window) => Assert.Contains(
        Small.Load(Rules("mall.purchase", $"member.purchases(\"{window}\") > 1"), Declarations).Diagnostics,
        found => found.Code == "WINDOW_UNKNOWN");

    [Fact]
    public void A_friend_who_shares_a_plate_with_the_referrer_can_be_told_from_others()
    {
        var plate = new IdentityRef("plate", "77");
        var shopper = Guarded("friend.purchased", "event.shared").Has(plate);
        shopper.Do(new MemberCommand.RecordFriend(new(7), new(10)) { Identities = [new("device", "1")] });
        Assert.Null(shopper.State.Reviews);

        shopper.Do(new MemberCommand.RecordFriend(new(8), new(10)) { Identities = [plate] });
        Assert.Equal(200, Assert.Single(shopper.State.Reviews!.Open[0].Lines).Amount.Value);
        Assert.Equal(200, shopper.State.FindWallet("points")!.Balance.Value);
    }

    private static Shopper Guarded(string on, string condition) =>
        new(Small.Programme(Rules(on, condition), Declarations));

    private static string Rules(string on, string condition) => $$"""
        ruleset: t
        rules:
          brought: { on: friend.purchased, earn: { amount: "200" } }
          guard:
            on: {{on}}
            when: '{{condition}}'
            review: Too much
        """;
}
