using MallVip.Grains.Intake;
using MallVip.Rules.Commands;
using static MallVip.System.Tests.Engine.ParkingBed;

namespace MallVip.System.Tests.Engine;

/// <summary>Free time of members: by tier, spend, points, used once whatever cars and visits there are.
/// </summary>
public sealed class ParkingTimeTests
{
    private const string Car = "粤B12345";

    [Fact]
    public async Task A_purchase_returned_after_its_parking_hours_were_used_gives_no_more_until_made_up()
    {
        await using var host = await StartAsync();
        await OwnerAsync(host, 1, Car, "粤B22222");
        await host.BuyAsync("a", 1, 200);
        await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromHours(3));
        Assert.Equal("spend 120", Uses(await QuoteAsync(host, Car)));
        Assert.Null((await PayAsync(host, Car, 10, "one")).Refusal);

        await host.SendAsync(Till.Refund("b", Till.Phone(1), 150, host.Now, "noodles", "Ra"));
        await EnterAsync(host, "粤B22222");
        host.Time.Advance(TimeSpan.FromHours(3));
        var returned = await QuoteAsync(host, "粤B22222");
        Assert.Equal(("", 30m), (Uses(returned), returned.Plan!.Due));
        Assert.Contains(("spend", "none-left"), returned.Plan.Unused);
        await host.BuyAsync("c", 1, 250);
        Assert.Equal("spend 60", Uses(await QuoteAsync(host, "粤B22222")));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_plate_of_two_members_uses_the_time_of_the_first_in_its_order()
    {
        await using var host = await StartAsync();
        var first = await OwnerAsync(host, 1, Car);
        var second = await OwnerAsync(host, 2, Car);
        await host.BuyAsync("a", 2, 300);
        await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromHours(1));

        var quote = await QuoteAsync(host, Car);
        Assert.Equal((first, ""), (quote.Member, Uses(quote)));
        await host.BuyAsync("b", 1, 100);
        Assert.Equal("spend 60", Uses(await QuoteAsync(host, Car)));
        Assert.Null((await PayAsync(host, Car, 0, "one")).Refusal);
        Assert.Single((await host.ReadAsync(first)).ParkingUses);
        Assert.Empty((await host.ReadAsync(second)).ParkingUses);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_member_with_three_cars_has_the_hours_of_a_day_once()
    {
        await using var host = await StartAsync();
        string[] cars = ["粤B11111", "粤B22222", "粤B33333"];
        var owner = await OwnerAsync(host, 1, cars);
        await host.CommandAsync(
            owner, new MemberCommand.GrantTier("gold", host.Now.AddDays(30), "Guest."), "gold");
        await Task.WhenAll(
            EnterAsync(host, cars[0]), EnterAsync(host, cars[1], lot: "p2"), EnterAsync(host, cars[2]));
        host.Time.Advance(TimeSpan.FromMinutes(70));

        Assert.Null((await PayAsync(host, cars[0], 0, "a")).Refusal);
        var next = await QuoteAsync(host, cars[1], lot: "p2");
        Assert.Equal(("tier 50", 10m), (Uses(next), next.Plan!.Due));
        Assert.Null((await PayAsync(host, cars[1], 10, "b", lot: "p2")).Refusal);
        var last = await QuoteAsync(host, cars[2]);
        Assert.Equal(("", 20m), (Uses(last), last.Plan!.Due));
        Assert.Equal(120, Assert.Single((await host.ReadAsync(owner)).ParkingUses).Minutes);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Two_cars_that_pay_at_once_share_what_is_there_and_one_is_asked_to_look_again()
    {
        await using var host = await StartAsync();
        var owner = await OwnerAsync(host, 1, Car, "粤B22222");
        await host.BuyAsync("a", 1, 100);
        await EnterAsync(host, Car);
        await EnterAsync(host, "粤B22222");
        host.Time.Advance(TimeSpan.FromMinutes(60));

        var paid = await Task.WhenAll(PayAsync(host, Car, 0, "one"), PayAsync(host, "粤B22222", 0, "two"));
        var refused = Assert.Single(paid, one => one.Refusal is not null);
        Assert.Contains(refused.Refusal!.Code, (string[])["parking_time_gone", "amount_differs"]);
        Assert.Equal(60, Assert.Single((await host.ReadAsync(owner)).ParkingUses).Minutes);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Points_are_spent_in_the_entry_that_uses_them_and_only_where_the_member_asks()
    {
        await using var host = await StartAsync();
        var owner = await OwnerAsync(host, 1, Car);
        await host.BuyAsync("a", 1, 99);
        await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromMinutes(110));

        Assert.Equal("", Uses(await QuoteAsync(host, Car)));
        var quote = await QuoteAsync(host, Car, points: 500);
        Assert.Equal(("points 60", 10m, 50L), (Uses(quote), quote.Plan!.Due, quote.Plan.Points));
        Assert.Null((await PayAsync(host, Car, 10, "one", points: 500)).Refusal);
        Assert.Equal(49, await host.BalanceAsync(owner));
        Assert.Null((await PayAsync(host, Car, 10, "one", points: 500)).Refusal);
        Assert.Equal(49, await host.BalanceAsync(owner));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Time_that_saves_nothing_is_kept_and_who_stays_past_midnight_has_the_hours_of_both_days()
    {
        await using var host = await StartAsync();
        var owner = await OwnerAsync(host, 1, Car);
        await host.CommandAsync(
            owner, new MemberCommand.GrantTier("gold", host.Now.AddDays(30), "Guest."), "gold");
        var evening = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        host.Time.Advance(evening - host.Now);
        await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromHours(8));

        var quote = await QuoteAsync(host, Car);
        Assert.Equal(("tier 120, tier 120", 60m), (Uses(quote), quote.Plan!.Due));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(EventStatus.Accepted, (await LeaveAsync(host, Car)).Status);
        Assert.Equal(120m, Assert.Single((await ReadAsync(host)).Unpaid).Due);
        Assert.Null((await PayAsync(host, Car, 60, "one")).Refusal);
        Assert.Empty((await ReadAsync(host)).Unpaid);
        await host.AssertCleanAsync();
    }
}
