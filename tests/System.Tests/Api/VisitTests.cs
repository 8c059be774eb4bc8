using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Wire;
using MallVip.Rules.Quantities;
using MallVip.Silo.Verify;

namespace MallVip.System.Tests.Api;

/// <summary>A member's day in the mall over HTTP, every figure worked out beside it by hand.</summary>
public sealed class VisitTests
{
    private const string Phone = "phone:+8613800138000";
    private const string Car = "粤B12345";

    private const string Programme = """
        name: Bay
        timezone: Asia/Shanghai
        malls: { bay: { name: Bay, currency: CNY } }
        categories: { fashion: Fashion, dining: Dining }
        stores:
          shirts: { name: Shirts, category: fashion, mall: bay }
          noodles: { name: Noodles, category: dining, mall: bay }
          tea: { name: Tea, category: dining, mall: bay }
        wallets:
          points: { name: Points }
          growth: { name: Growth, spendable: false }
        tiers:
          basic: { name: Basic }
          gold: { name: Gold, when: member.spent("365d") >= 1000, valid-months: 12 }
        coupons:
          tea-20: { off: 20, from: 100, scope: { stores: [tea] }, valid: { days: 30 } }
          hour: { parking: 1h, valid: { days: 30 } }
        catalogue:
          mug: { name: Mug, points: 100, tier-prices: { gold: { points: 90 } }, stock: { bay: 3 } }
        parking:
          lots: { p1: { name: Deck, capacity: 50, tariff: city, grace: 15m } }
          tariffs: { city: { rates: { all: { steps: [{ price: 10, per: 1h }] } } } }
          entitlements: [{ tier: gold, hours: 2 }, { spend: 500, per: 1h, most: 3h }, coupon]
        """;

    private const string Rules = """
        ruleset: points
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid / 10 }
          gold:
            on: mall.purchase
            when: member.tier == "gold"
            multiply: { wallet: points, by: 2 }
          growth:
            on: mall.purchase
            earn: { wallet: growth, amount: event.paid }
          welcome:
            on: tier.changed
            when: event.to == "gold"
            grant-coupon: hour
        """;

    private readonly MovedClock _time = new();

    [Fact]
    public async Task A_member_parks_shops_thrice_uses_coupons_has_a_gift_leaves_and_returns_an_item()
    {
        await using var host = await EngineHost.StartAsync(new(), Programme, Rules, _time);
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone, $"plate:{Car}"], "bay"), "m1");
        await client.GrantCouponAsync(Phone, new("tea-20"), "g1");

        // Monday 9 November 2026, 10:00 in the mall.
        At("2026-11-09T10:00");
        await SendAsync(client, "in", "parking.entry", $"plate:{Car}", new { lot = "p1", plate = Car });
        At("2026-11-09T10:30");
        var first = await SendAsync(client, "s1", "mall.purchase", Phone, new
        {
            receipt = "S-1",
            store = "shirts",
            paid = "800",
            lines = new object[]
            {
                new { sku = "shirt", qty = 1, paid = "600" }, new { sku = "belt", qty = 1, paid = "200" },
            },
        });
        // 800 / 10; 800 spent is no gold yet.
        Assert.Equal((80, 800), Earned(first));
        At("2026-11-09T11:30");
        var second = await SendAsync(
            client, "s2", "mall.purchase", Phone, new { receipt = "N-1", store = "noodles", paid = "250" });
        // 250 / 10, as basic: the 1,050 make gold from the next receipt on, and bring the hour.
        Assert.Equal((25, 250), Earned(second));
        Assert.Equal(("granted", "hour"), Only(second));
        At("2026-11-09T13:00");
        var tea = (await client.GetCouponsAsync(Phone, "available")).Coupons.Single(
            coupon => coupon.Template == "tea-20");
        var third = await SendAsync(
            client, "s3", "mall.purchase", Phone,
            new { receipt = "T-1", store = "tea", paid = "100", coupons = new[] { tea.Code } });
        // A basket of 120, less 20: 100 / 10, twice for gold; growth is not multiplied.
        Assert.Equal((20, 100), Earned(third));
        Assert.Equal(("redeemed", "tea-20"), Only(third));

        // 125 points so far, 90 for a mug at gold's price.
        var mug = (await client.OrderRewardAsync(Phone, new("mug", "bay"), "o1")).Order!;
        Assert.Equal(90, (await client.PickUpOrderAsync(mug.Code, new("service-hall"), "o2")).Spent!.Value
            .Single().Points);

        await LeaveAsync(client);

        // Monday 16 November: the belt comes back. 200 of the 800 take back 20 of 80 points, 200 growth.
        At("2026-11-16T11:00");
        await SendAsync(client, "r1", "mall.refund", Phone, new
        {
            refund = "S-1-1",
            receipt = "S-1",
            store = "shirts",
            paid = "200",
            lines = new[] { new { line = 2, qty = 1, paid = "200" } },
        });
        await AssertEndAsync(host, client);
    }

    /// <summary>10:00 to 15:20. Gold frees 10-12, 1,150 spent two hours to 14:00, the coupon one to 15:00;
    /// twenty minutes are a block of 10.</summary>
    private async Task LeaveAsync(MallVipClient client)
    {
        At("2026-11-09T15:20");
        var hour = (await client.GetCouponsAsync(Phone, "available")).Coupons.Single();
        // Without the coupon 14:00 to 15:20 are two blocks.
        Assert.Equal(20m, (await client.QuoteParkingAsync("p1", Car)).Due.Amount);
        var quote = await client.QuoteParkingAsync("p1", Car, coupon: hour.Code);
        Assert.Equal(
            ["tier 120", "spend 120", "coupon 60"], quote.Uses.Select(use => $"{use.Source} {use.Minutes}"));
        Assert.Equal((320, 10m, hour.Number), (quote.Minutes, quote.Due.Amount, quote.Uses[2].Coupon));
        await client.PayParkingAsync(
            new("p1", Car, new("wx-1", new(10)), At: quote.At, Coupon: hour.Code), "p1");
        At("2026-11-09T15:30");
        Assert.True((await client.CheckParkingExitAsync(new("p1", Car))).MayLeave);
        await SendAsync(client, "out", "parking.exit", $"plate:{Car}", new { lot = "p1", plate = Car });
        Assert.Empty((await client.GetUnpaidParkingAsync()).Visits);
    }

    private static async Task AssertEndAsync(EngineHost host, MallVipClient client)
    {
        var member = (await client.GetMemberAsync(Phone))!;
        // 80 + 25 + 20 earned, 20 taken back, 90 spent on the mug; 800 + 250 + 100, less 200.
        Assert.Equal(
            [("growth", 950L, 1_150L, 200L, 0L), ("points", 15L, 125L, 20L, 90L)],
            member.Wallets.Select(
                wallet => (wallet.Wallet, wallet.Balance, wallet.Earned, wallet.Reversed, wallet.Spent)));
        // A return moves nobody down.
        Assert.Equal("gold", member.Tier!.Id);
        Assert.Empty(member.Parking);
        // In, three receipts, out, a return.
        Assert.Equal(6, member.Events);
        Assert.Equal(
            ["used tea-20 0", "used hour 0"],
            (await client.GetCouponsAsync(Phone)).Coupons.Select(
                coupon => $"{coupon.Status} {coupon.Template} {coupon.Left}"));
        Assert.Equal(new("mug", "bay", 1, 0, 0, 2), await client.GetRewardStockAsync("mug", "bay"));
        var lot = Assert.Single((await client.GetParkingLotsAsync()).Lots);
        Assert.Equal((0, 0), (lot.Inside, lot.Unpaid));
        var report = await host.Http.GetStringAsync("/v1/reports/coupons?format=csv");
        Assert.Contains(
            "2026-11-09,bay,tea,tea-20,0,1,0,0,0,20,0,20,0,0\n", report, StringComparison.Ordinal);
        Assert.Contains("2026-11-09,bay,p1,hour,0,1,0,0,0,0,0,0,0,0\n", report, StringComparison.Ordinal);
        Assert.True((await Auditor.RunAsync(host.Journal, null, default)).IsClean);
    }

    private void At(string local) =>
        _time.Now = DateTimeOffset.Parse($"{local}+08:00", CultureInfo.InvariantCulture).ToUniversalTime();

    private async Task<EventAnswerBody> SendAsync(
        MallVipClient client, string id, string type, string subject, object data)
    {
        var answer = await client.SendEventAsync(new()
        {
            Source = "mall",
            Id = id,
            Type = type,
            Subject = subject,
            Time = _time.GetUtcNow(),
            Data = JsonSerializer.SerializeToElement(data),
        });
        Assert.Equal("accepted", answer.Status);
        Assert.Null(answer.Warnings);
        return answer;
    }

    private static (long Points, long Growth) Earned(EventAnswerBody answer) => (
        answer.Points!.Value.Where(line => line.Wallet == "points").Sum(line => line.Points),
        answer.Points!.Value.Where(line => line.Wallet == "growth").Sum(line => line.Points));

    private static (string What, string Template) Only(EventAnswerBody answer)
    {
        var change = Assert.Single(answer.Coupons!.Value);
        return (change.What, change.Template);
    }

    /// <summary>Shows what the test says; timers run as ever.</summary>
    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 9, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
