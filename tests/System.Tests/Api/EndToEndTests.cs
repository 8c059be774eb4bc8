using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>The typed client against the API over the real engine.</summary>
public class EndToEndTests
{
    private const string Phone = "phone:+8613800138000";

    [Fact]
    public async Task A_purchase_earns_upgrades_and_stands_in_the_ledger_with_its_rule()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var member = (await client.RegisterAsync(new([Phone]), "k1")).Member;

        var purchase = Purchase("e1", "1234.50");
        var answer = await client.SendEventAsync(purchase);
        var repeat = await client.SendEventAsync(purchase);
        var spend = await client.SpendAsync(Phone, new(23), "k2");
        var read = await client.GetMemberAsync(Phone);
        var ledger = await client.GetLedgerAsync(member.ToString());

        Assert.Equal(("accepted", "duplicate"), (answer.Status, repeat.Status));
        Assert.Equal(answer.Receipt, repeat.Receipt);
        Assert.Equal("本次获得 123 积分，当前 123 积分，已升级为金卡", answer.Receipt!.Zh);
        Assert.Equal(100, spend.Balances!["points"]);
        Assert.Equal(Phone, Assert.Single(read!.Identities));
        Assert.Equal(("gold", 1), (read.Tier!.Id, read.Events));
        Assert.Equal([("spent", -23L, 100L), ("earned", 123L, 123L)], ledger.Lines.Select(
            l => (l.Kind, l.Points, l.Balance)));
        Assert.Equal(new RuleBody("points/base", "points.yaml", 3), ledger.Lines[1].Rule);
        Assert.Equal(new FundingBody(Brand: 100), ledger.Lines[1].Funding);
        Assert.Equal("e1", ledger.Lines[1].Event!.Id);
        Assert.Null(ledger.Next);
    }

    [Fact]
    public async Task A_ledger_read_page_by_page_tells_the_same_balances()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        await foreach (var answer in client.StreamAsync(Stream(25)))
            Assert.Equal("accepted", answer.Status);

        var whole = await client.GetLedgerAsync(Phone, limit: 500);
        var pages = new List<LedgerLineBody>();
        string? cursor = null;
        do
        {
            var page = await client.GetLedgerAsync(Phone, cursor, limit: 10);
            pages.AddRange(page.Lines);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(25, whole.Lines.Length);
        Assert.Equal(whole.Lines.Select(l => (l.Seq, l.Balance)), pages.Select(l => (l.Seq, l.Balance)));
        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(n => n * 10L), pages.Select(l => l.Balance));
    }

    [Fact]
    public async Task A_key_with_other_content_is_422_and_too_many_points_are_409()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        await client.AdjustAsync(Phone, new(50, "gift"), "k2");

        var reused = await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.AdjustAsync(Phone, new(51, "gift"), "k2"));
        var poor = await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.SpendAsync(Phone, new(51), "k3"));

        Assert.Equal(("idempotency_key_reused", 422), (reused.Problem.Code, reused.Problem.Status));
        Assert.Equal(("insufficient_points", 409), (poor.Problem.Code, poor.Problem.Status));
    }

    [Fact]
    public async Task The_past_is_read_as_it_was_and_nobody_is_404()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");

        Assert.NotNull(await client.GetMemberAsync(Phone, DateTimeOffset.MaxValue.AddDays(-2)));
        Assert.Null(await client.GetMemberAsync(Phone, DateTimeOffset.UnixEpoch));
        Assert.Null(await client.GetMemberAsync("phone:+8613900139000"));
    }

    [Fact]
    public async Task A_test_key_reaches_only_members_that_a_test_key_registered()
    {
        var (real, test) = (ApiKeyFactory.Create(), ApiKeyFactory.Create());
        await using var host = await EngineHost.StartAsync(new()
        {
            ApiKeys =
            [
                new() { Name = "till", Hash = real.Hash, Scopes = ["read", "write"] },
                new() { Name = "trial", Hash = test.Hash, Scopes = ["read", "write"], Test = true },
            ],
        });
        using var testHttp = new HttpClient { BaseAddress = host.Http.BaseAddress };
        testHttp.DefaultRequestHeaders.Add("X-Api-Key", test.Key);
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", real.Key);
        var (till, trial) = (new MallVipClient(host.Http), new MallVipClient(testHttp));
        await till.RegisterAsync(new([Phone]), "k1");
        await trial.RegisterAsync(new(["card:T1"]), "k1");

        var read = await Assert.ThrowsAsync<MallVipProblemException>(() => trial.GetMemberAsync(Phone));
        var sent = await Assert.ThrowsAsync<MallVipProblemException>(
            () => trial.SendEventAsync(Purchase("e1", "10")));
        var own = await trial.SendEventAsync(Purchase("e2", "10") with { Subject = "card:T1" });

        Assert.Equal("not_a_test_member", read.Problem.Code);
        Assert.Equal("not_a_test_member", sent.Problem.Code);
        Assert.Equal("accepted", own.Status);
        Assert.Equal(0, (await till.GetMemberAsync(Phone))!.Events);
    }

    private static async IAsyncEnumerable<CloudEventBody> Stream(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Yield();
            yield return Purchase($"e{i}", "100");
        }
    }

    private static CloudEventBody Purchase(string id, string paid) => new()
    {
        Source = "/pos/1",
        Id = id,
        Type = "mall.purchase",
        Subject = Phone,
        Time = TimeProvider.System.GetUtcNow(),
        Data = JsonDocument.Parse(
            $$"""{"receipt":"R{{id}}","store":"shirts","paid":"{{paid}}"}""").RootElement,
    };
}
