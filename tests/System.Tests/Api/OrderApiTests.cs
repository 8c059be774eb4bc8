using System.Net.Http.Json;
using MallVip.Client;
using MallVip.Client.Wire;
using MallVip.Rules.Catalogue;
using MallVip.Silo.Verify;
using static MallVip.System.Tests.Api.Problems;

namespace MallVip.System.Tests.Api;

/// <summary>Rewards over HTTP: looked at, ordered, paid, picked up by their code, called off, brought back.
/// </summary>
public class OrderApiTests
{
    private const string Catalogue = """
        catalogue:
          tea:
            name: 茶具
            points: 30
            stock: { bay: 1 }
            waiting: 1
            return-within: 7d
            desks: { bay: [hall] }
          lamp: { points: 20, cash: 9.90 }
        """;

    private const string Phone = "phone:+8613800138001", Other = "phone:+8613800138002";

    [Fact]
    public async Task A_gift_is_ordered_picked_up_and_brought_back_by_its_code()
    {
        await using var host = await EngineHost.StartAsync(also: Catalogue);
        var client = await MembersAsync(host);
        var shown = (await client.GetCatalogueAsync("bay", Phone)).Rewards;
        Assert.Equal(["lamp", "tea"], shown.Select(reward => reward.Id));
        Assert.Equal((30, 1L), (shown[1].Price.Points, shown[1].Left));

        var tried = await TryAsync(host);
        var ordered = await client.OrderRewardAsync(Phone, new("tea", "bay"), "o1");
        var again = await client.OrderRewardAsync(Phone, new("tea", "bay"), "o1");
        var order = ordered.Order!;

        Assert.Contains("\"status\":\"ordered\"", tried, StringComparison.Ordinal);
        Assert.Equal(order, again.Order! with { Desks = order.Desks });
        Assert.Equal(("茶具", OrderStatus.Ready, 30), (order.Name, order.Status, order.Points));
        Assert.Equal(("waiting", 1L), Of(await client.OrderRewardAsync(Other, new("tea", "bay"), "o2")));
        Assert.Equal("sold_out", await CodeOf(client.OrderRewardAsync(Other, new("tea", "bay"), "o3")));
        Assert.Equal(new("tea", "bay", 1, 0, 1, 0), await client.GetRewardStockAsync("tea", "bay"));
        Assert.Equal(order.Code, (await client.GetOrderAsync(order.Code.ToLowerInvariant())).Order.Code);
        Assert.Equal("unknown_desk", await CodeOf(client.PickUpOrderAsync(order.Code, new("door"), "k1")));

        var given = await client.PickUpOrderAsync(order.Code, new("hall"), "k2");
        Assert.Equal((OrderStatus.PickedUp, 30L), (given.Order!.Status, given.Spent!.Value.Single().Points));
        Assert.Equal(70, given.Balances!["points"]);
        var back = await client.ReturnOrderAsync(order.Code, new("hall", "wrong colour"), "k3");
        Assert.Equal((OrderStatus.Returned, 100L), (back.Order!.Status, back.Balances!["points"]));
        await Engine.Waiting.PatientlyAsync(
            async () => (await client.GetOrdersAsync(Other)).Orders.Length == 1);
        Assert.Equal(new("tea", "bay", 1, 0, 0, 0), await client.GetRewardStockAsync("tea", "bay"));
    }

    [Fact]
    public async Task A_cash_price_is_paid_by_the_id_of_its_payment_and_named_when_it_goes_back()
    {
        await using var host = await EngineHost.StartAsync(also: Catalogue);
        var client = await MembersAsync(host);
        var order = (await client.OrderRewardAsync(Phone, new("lamp", "bay"), "o1")).Order!;
        Assert.Equal((OrderStatus.Unpaid, new(9.90m)), (order.Status, order.Cash));

        Assert.Equal("order_unpaid", await CodeOf(client.PickUpOrderAsync(order.Code, new("hall"), "k1")));
        Assert.Equal(
            "amount_out_of_range", await CodeOf(client.PayOrderAsync(order.Code, new("p-1", new(9)), "k2")));
        await client.PayOrderAsync(order.Code, new("p-1", new(9.90m)), "k3");
        await client.PayOrderAsync(order.Code, new("p-1", new(9.90m)), "k4");
        Assert.Equal(
            "order_paid", await CodeOf(client.PayOrderAsync(order.Code, new("p-2", new(9.90m)), "k5")));
        var ended = await client.CancelOrderAsync(order.Code, new("changed my mind"), "k6");

        Assert.Equal((OrderStatus.Cancelled, new(9.90m)), (ended.Order!.Status, ended.Order.CashBack!.Value));
        Assert.Equal(
            (OrderStatus.Cancelled, "p-1"),
            (await client.GetOrdersAsync(Phone)).Orders.Select(one => (one.Status, one.Payment!)).Single());
        Assert.Equal("order_over", await CodeOf(client.CancelOrderAsync(order.Code, new(), "k7")));
    }

    [Fact]
    public async Task What_is_no_reward_no_mall_or_no_code_is_refused_by_name()
    {
        await using var host = await EngineHost.StartAsync(also: Catalogue);
        var client = await MembersAsync(host);

        Assert.Equal("unknown_reward", await CodeOf(client.OrderRewardAsync(Phone, new("x", "bay"), "o1")));
        Assert.Equal(
            "reward_unavailable", await CodeOf(client.OrderRewardAsync(Phone, new("tea", "x"), "o2")));
        Assert.Equal("unknown_order", await CodeOf(client.GetOrderAsync("0123456789ABCDEF")));
        Assert.Equal("unknown_order", await CodeOf(client.CancelOrderAsync("short", new(), "k1")));
        Assert.Equal("not_found", await CodeOf(client.GetRewardStockAsync("tea", "x")));
        await client.OrderRewardAsync(Phone, new("lamp", "bay"), "o4");
        var held = (await client.GetMemberAsync(Phone))!.Holds.Single();
        Assert.Equal("reward:lamp", held.Reason);
    }

    [Fact]
    public async Task One_key_orders_one_reward_and_is_no_other_writes()
    {
        await using var host = await EngineHost.StartAsync(also: Catalogue);
        var client = await MembersAsync(host);
        await client.OrderRewardAsync(Phone, new("tea", "bay"), "one");

        Assert.Equal(
            "idempotency_key_reused",
            await CodeOf(client.OrderRewardAsync(Phone, new("lamp", "bay"), "one")));
        Assert.Equal(
            "idempotency_key_reused", await CodeOf(client.SpendAsync(Phone, new(1, "x"), "one")));
        Assert.Single((await client.GetOrdersAsync(Phone)).Orders);
        Assert.Equal(new("lamp", "bay", 0, 0, 0), await client.GetRewardStockAsync("lamp", "bay"));
        Assert.Empty((await Auditor.RunAsync(host.Journal, null, default)).LedgerProblems);
    }

    [Fact]
    public async Task A_stock_is_not_published_below_what_is_ordered()
    {
        await using var host = await EngineHost.StartAsync(also: Catalogue);
        var client = await MembersAsync(host);
        await client.OrderRewardAsync(Phone, new("tea", "bay"), "o1");

        var files = (await client.GetProgrammeAsync(files: true)).Files;
        var none = files["programme.yaml"]!.Replace(
            "stock: { bay: 1 }", "stock: { bay: 0 }", StringComparison.Ordinal);
        var draft = await client.PostDraftAsync(new(files.SetItem("programme.yaml", none)));

        Assert.Equal("stock_below_reserved", await CodeOf(
            client.PublishAsync(new(draft.Id, Expected: "*"), "p1")));
    }

    private static (string, long?) Of(RewardOrderedBody answer) => (answer.Status, answer.Place);

    private static async Task<string> TryAsync(EngineHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/members/{Phone}/orders?dryRun=true")
        {
            Content = JsonContent.Create(new { reward = "tea", mall = "bay" }),
        };
        request.Headers.Add("Idempotency-Key", "try");
        using var answer = await host.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<MallVipClient> MembersAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        foreach (var phone in (string[])[Phone, Other])
        {
            await client.RegisterAsync(new([phone]), "m" + phone);
            await client.AdjustAsync(phone, new(100, "start"), "a" + phone);
        }

        return client;
    }
}
