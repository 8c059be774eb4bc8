using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using static MallVip.System.Tests.Engine.ParkingBed;

namespace MallVip.System.Tests.Engine;

/// <summary>Visits paid with a coupon of the member, beside what else the member has.</summary>
public sealed class ParkingCouponTests
{
    private const string Car = "粤B12345";
    private const string Other = "粤B22222";

    [Fact]
    public async Task A_cross_midnight_visit_over_a_holiday_with_two_gold_hours_one_from_spend_and_a_coupon()
    {
        await using var host = await StartAsync();
        // Monday 23 November, 20:00 in the mall; the 24th is a holiday at 20 an hour.
        var evening = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        host.Time.Advance(evening - host.Now);
        var owner = await OwnerAsync(host, 1, Car);
        await host.CommandAsync(
            owner, new MemberCommand.GrantTier("gold", host.Now.AddDays(30), "Guest."), "gold");
        await host.BuyAsync("a", 1, 150);
        await GrantAsync(host, owner, "hour");
        await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromHours(8));

        // 20-22 gold, 22-23 spend, 23-24 coupon, 00-02 gold of the next day, 02-04 two hours at 20.
        var quote = await QuoteAsync(host, Car, coupon: "1");
        Assert.Equal("tier 120, tier 120, spend 60, coupon 60", Uses(quote));
        Assert.Equal(
            ["tier 120 0", "spend 60 0", "coupon 60 0", "tier 120 0", "feast 120 40"],
            quote.Plan!.Fee.Parts.Select(part => $"{part.Free ?? part.Rate} {part.Minutes} {part.Amount}"));
        Assert.Equal(40m, quote.Plan.Due);
        Assert.Null((await PayAsync(host, Car, 40, "one", coupon: "1")).Refusal);
        await LeaveAsync(host, Car);

        var state = await host.ReadAsync(owner);
        Assert.Equal([120, 120, 60], state.ParkingUses.Select(use => use.Minutes));
        Assert.Equal(0, state.Coupons!.Find(1)!.Value.Left);
        Assert.Equal(0m, (await ReadAsync(host)).Recent[0].Due);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_coupon_that_two_cars_present_at_once_pays_for_one()
    {
        await using var host = await StartAsync();
        var owner = await OwnerAsync(host, 1, Car, Other);
        await GrantAsync(host, owner, "hour");
        await EnterAsync(host, Car);
        await EnterAsync(host, Other);
        host.Time.Advance(TimeSpan.FromMinutes(60));

        var paid = await Task.WhenAll(
            PayAsync(host, Car, 0, "one", coupon: "1"), PayAsync(host, Other, 0, "two", coupon: "1"));
        Assert.Equal(
            "coupon_used", Assert.Single(paid, one => one.Refusal is not null).Refusal!.Code);
        Assert.Equal("coupon_used", (await QuoteAsync(host, Other, coupon: "1")).Refusal?.Code);
        Assert.Equal(
            "coupon_kept",
            (await host.CommandAsync(owner, new MemberCommand.ReturnCoupon(1, "p1", await ReceiptAsync())))
                .Refusal?.Code);
        await host.AssertCleanAsync();

        async Task<string> ReceiptAsync() =>
            (await host.ReadAsync(owner)).Coupons!.Find(1)!.Value.Marks!.Uses[0].Receipt;
    }

    [Fact]
    public async Task What_is_no_parking_coupon_of_the_member_or_not_good_now_is_refused_by_name()
    {
        await using var host = await StartAsync();
        var owner = await OwnerAsync(host, 1, Car);
        host.Time.Advance(TimeSpan.FromDays(1));
        foreach (var template in (string[])["cash", "sunday", "hour"])
            await GrantAsync(host, owner, template);
        await EnterAsync(host, Car);
        await EnterAsync(host, Other);
        host.Time.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal("coupon_out_of_scope", await CodeAsync(Car, "1"));
        Assert.Equal("coupon_out_of_scope", await CodeAsync(Car, "2"));
        Assert.Equal("unknown_coupon", await CodeAsync(Car, "4"));
        Assert.Equal("unknown_coupon", await CodeAsync(Car, "0000000000000000"));
        Assert.Equal("unknown_coupon", await CodeAsync(Other, "3"));
        await host.CommandAsync(
            owner, new MemberCommand.ReserveCoupon(3, "noodles", null, host.Now.AddMinutes(9)));
        Assert.Equal("coupon_reserved", await CodeAsync(Car, "3"));
        host.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal("coupon_expired", await CodeAsync(Car, "3"));

        async Task<string?> CodeAsync(string car, string coupon) =>
            (await QuoteAsync(host, car, coupon: coupon)).Refusal?.Code;
    }

    [Fact]
    public async Task A_coupon_that_saves_nothing_is_kept_and_asked_for_again_nothing_is_used_twice()
    {
        await using var host = await StartAsync();
        var owner = await OwnerAsync(host, 1, Car);
        await GrantAsync(host, owner, "hour");
        await host.BuyAsync("a", 1, 300);
        await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromMinutes(60));

        var free = await QuoteAsync(host, Car, coupon: "1");
        Assert.Equal(("spend 60", 0m), (Uses(free), free.Plan!.Due));
        Assert.Contains(("coupon", "nothing-to-pay"), free.Plan.Unused);
        Assert.Null((await PayAsync(host, Car, 0, "one", coupon: "1")).Refusal);
        host.Time.Advance(TimeSpan.FromMinutes(180));
        Assert.Null((await PayAsync(host, Car, 0, "two", coupon: "1")).Refusal);
        Assert.Null((await PayAsync(host, Car, 0, "two", coupon: "1")).Refusal);
        Assert.Equal(0, (await host.ReadAsync(owner)).Coupons!.Find(1)!.Value.Left);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_coupon_keeps_its_place_after_a_merge_of_its_member()
    {
        await using var host = await StartAsync();
        var owner = await OwnerAsync(host, 1, Car);
        var survivor = await OwnerAsync(host, 2);
        await GrantAsync(host, survivor, "cash");
        await GrantAsync(host, owner, "hour");
        await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromMinutes(60));
        var quote = await QuoteAsync(host, Car, coupon: "1");
        await host.MergeAsync(owner, survivor);

        var lot = (await QuoteAsync(host, Car)).Visit!;
        var answer = await host.Member(owner).Handle(new()
        {
            Command = new MemberCommand.UseParking("P", "p1", quote.Plan!.Uses, default) { Of = owner },
            Key = MallVip.Grains.Journal.EventKey.Of("test", "", "use"),
            Actor = "test",
        });
        var coupons = (await host.ReadAsync(survivor)).Coupons!;

        Assert.Null(answer.Rejection);
        Assert.Empty(lot.Payments);
        Assert.Equal((1, 0), (coupons.Find(1)!.Value.Left, coupons.Find(2)!.Value.Left));
    }
}
