using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>Coupons with a stock over HTTP: claimed, waited for, given by rules, and never more than there
/// are.</summary>
public class ClaimApiTests
{
    private const string Templates = """
        coupons:
          flash: { off: 9, valid: { days: 5 }, stock: 2, claim: { waiting: 1 } }
        """;

    private const string Granting = """
        ruleset: gifts
        rules:
          flash:
            on: mall.purchase
            grant-coupon: flash
        """;

    [Fact]
    public async Task Who_comes_first_gets_it_the_next_waits_and_the_rest_hears_that_all_are_gone()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MembersAsync(host, 4);

        var first = await client.ClaimCouponAsync(Phone(1), new("flash"), "c1");
        var second = await client.ClaimCouponAsync(Phone(2), new("flash"), "c2");
        var third = await client.ClaimCouponAsync(Phone(3), new("flash"), "c3");
        var sold = await Problems.CodeOf(client.ClaimCouponAsync(Phone(4), new("flash"), "c4"));
        var again = await client.ClaimCouponAsync(Phone(1), new("flash"), "c1");

        Assert.Equal(("taken", "taken"), (first.Status, second.Status));
        Assert.Equal(("waiting", 1L), (third.Status, third.Place));
        Assert.Equal("sold_out", sold);
        Assert.Equal(first.Claim, again.Claim);
        var coupon = Assert.Single((await client.GetCouponsAsync(Phone(1))).Coupons);
        Assert.Equal(new("flash", 2, 0, 1, 0), await client.GetCouponStockAsync("flash"));

        await client.VoidCouponAsync(coupon.Code, new("given back"), "v1");
        await Engine.Waiting.PatientlyAsync(
            async () => (await client.GetCouponsAsync(Phone(3))).Coupons.Length == 1);
        Assert.Equal(new("flash", 2, 0, 0, 0), await client.GetCouponStockAsync("flash"));
    }

    [Fact]
    public async Task What_is_no_stock_or_none_for_members_and_a_test_key_are_refused_by_name()
    {
        var trial = ApiKeyFactory.Create();
        await using var host = await EngineHost.StartAsync(
            new()
            {
                ApiKeys =
                [
                    new() { Name = "trial", Hash = trial.Hash, Scopes = ["read", "write"], Test = true },
                ],
            },
            also: Templates);
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", trial.Key);
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone(1)]), "m1");

        Assert.Equal("not_a_test_member", await Problems.CodeOf(
            client.ClaimCouponAsync(Phone(1), new("flash"), "c1")));
    }

    [Fact]
    public async Task A_stock_is_not_published_below_what_is_out()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MembersAsync(host, 2);
        await client.ClaimCouponAsync(Phone(1), new("flash"), "c1");
        await client.ClaimCouponAsync(Phone(2), new("flash"), "c2");

        var draft = await DraftAsync(client, "stock: 2", "stock: 1");
        Assert.Equal("stock_below_reserved", await Problems.CodeOf(
            client.PublishAsync(new(draft, Expected: "*"), "p1")));
        var more = await DraftAsync(client, "stock: 2", "stock: 3");
        await client.PublishAsync(new(more, Expected: "*"), "p2");
        Assert.Equal(1, (await client.GetCouponStockAsync("flash")).Left);
    }

    [Fact]
    public async Task A_rule_gives_of_a_stock_right_after_its_purchase_and_not_beyond_it()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MembersAsync(host, 3);
        var files = (await client.GetProgrammeAsync(files: true)).Files;
        var draft = await client.PostDraftAsync(new(files.SetItem("gifts.yaml", Granting)));
        await client.PublishAsync(new(draft.Id, Expected: "*"), "p1");

        for (var member = 1; member <= 3; member++)
            await client.SendEventAsync(Purchase(member));

        await Engine.Waiting.PatientlyAsync(
            async () => (await client.GetCouponStockAsync("flash")) is { Taken: 2, Left: 0 });
        var held = 0;
        for (var member = 1; member <= 3; member++)
            held += (await client.GetCouponsAsync(Phone(member))).Coupons.Length;
        Assert.Equal(2, held);
    }

    private static string Phone(int member) => $"phone:+8613800138{member:D3}";

    private static CloudEventBody Purchase(int member) => new()
    {
        Source = "till",
        Id = $"e{member}",
        Type = "mall.purchase",
        Subject = Phone(member),
        Time = TimeProvider.System.GetUtcNow(),
        Data = JsonSerializer.SerializeToElement(
            new { receipt = $"R{member}", store = "shirts", paid = "60" }),
    };

    private static async Task<MallVipClient> MembersAsync(EngineHost host, int members)
    {
        var client = new MallVipClient(host.Http);
        for (var member = 1; member <= members; member++)
            await client.RegisterAsync(new([Phone(member)]), $"m{member}");
        return client;
    }

    private static async Task<string> DraftAsync(MallVipClient client, string from, string to)
    {
        var files = (await client.GetProgrammeAsync(files: true)).Files;
        var draft = await client.PostDraftAsync(new(files.SetItem(
            "programme.yaml", files["programme.yaml"]!.Replace(from, to, StringComparison.Ordinal))));
        Assert.True(draft.Publishable, string.Join('\n', draft.Diagnostics));
        return draft.Id;
    }
}
