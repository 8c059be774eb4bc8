using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Api;

/// <summary><c>/v1/batches</c>, and corrections that one operator alone may not make.</summary>
public sealed class BatchTests
{
    [Fact]
    public async Task A_large_correction_waits_for_another_operator()
    {
        var (ann, ben) = (ApiKeyFactory.Create(), ApiKeyFactory.Create());
        await using var host = await EngineHost.StartAsync(
            new()
            {
                ApiKeys =
                [
                    new() { Name = "ann", Hash = ann.Hash, Scopes = ["read", "write", "operate"] },
                    new() { Name = "ben", Hash = ben.Hash, Scopes = ["read", "write", "operate"] },
                ],
            },
            "approvals: { above: 100 }");
        using var other = new HttpClient { BaseAddress = host.Http.BaseAddress };
        other.DefaultRequestHeaders.Add("X-Api-Key", ben.Key);
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", ann.Key);
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "r");

        await client.AdjustAsync("card:1", new(100, Reason: "small"), "a1");
        const string Large = """{"amount":101,"reason":"large"}""";
        var waits = await SendAsync(host.Http, "members/card:1/adjust", Large, "a2");
        var again = await SendAsync(host.Http, "members/card:1/adjust", Large, "a2");
        var reused = await host.Http.SendAsync(
            Post("members/card:1/adjust", """{"amount":102,"reason":"large"}""", "a2"));
        var own = await host.Http.SendAsync(Post($"batches/{waits.Id}/approve", "{}", "b1"));
        await AssertRefusedAtOnceAsync(host.Http, long.MinValue, "points");
        await AssertRefusedAtOnceAsync(host.Http, Points.Limit + 1, "points");
        await AssertRefusedAtOnceAsync(host.Http, 101, "no");
        Assert.Equal(100, (await client.GetMemberAsync("card:1"))!.Wallets.Single().Balance);
        var approved = await SendAsync(other, $"batches/{waits.Id}/approve", "{}", "b2");

        Assert.Equal(("waiting", "ann", true, waits.Id), (waits.Status, waits.By, waits.FourEyes, again.Id));
        Assert.Equal("idempotency_key_reused", (await ProblemAsync(reused)).Code);
        Assert.Equal("second_operator", (await ProblemAsync(own)).Code);
        Assert.Equal("ben", approved.ApprovedBy);
        await Engine.Waiting.PatientlyAsync(async () =>
            (await client.GetMemberAsync("card:1"))!.Wallets.Single().Balance == 201);
        var line = (await client.GetLedgerAsync("card:1")).Lines.First();
        Assert.Equal(("ann+ben", "large"), (line.Actor, line.Reason));
        await AssertCountedAsync(host.Http, Large, "a2");
        var alone = await host.Http.SendAsync(
            Post($"batches/{waits.Id}/undo", """{"reason":"mine"}""", "u"));
        Assert.Equal("second_operator", (await ProblemAsync(alone)).Code);
    }

    private static async Task AssertRefusedAtOnceAsync(HttpClient http, long amount, string wallet)
    {
        var json = $$"""{"amount":{{amount}},"wallet":"{{wallet}}","reason":"much"}""";
        var refused = await http.SendAsync(Post("members/card:1/adjust", json, $"much/{amount}/{wallet}"));
        Assert.Contains(
            (await ProblemAsync(refused)).Code, (string[])["amount_out_of_range", "unknown_wallet"]);
    }

    /// <summary>A correction that was approved is a duplicate when it is asked for again.</summary>
    private static async Task AssertCountedAsync(HttpClient http, string json, string key)
    {
        var again = await http.SendAsync(Post("members/card:1/adjust", json, key));
        Assert.Contains("\"duplicate\"", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_moves_more_points_than_there_are_numbers_for_is_refused()
    {
        await using var host = await EngineHost.StartAsync();
        await new MallVipClient(host.Http).RegisterAsync(new(["card:1"]), "r");
        var rows = string.Concat(Enumerable.Repeat($"card:1,adjust,{Points.Limit}\n", 10_000));

        var refused = await host.Http.SendAsync(PostList($"member,action,amount\n{rows}", dryRun: false));

        Assert.Equal("invalid_request", (await ProblemAsync(refused)).Code);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_of_which_every_tenth_is_wrong()
    {
        const int Members = 500;
        const int Rows = 100_000;
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        for (var i = 0; i < Members; i++)
            await client.RegisterAsync(new([$"card:{i}"]), $"r{i}");
        var list = new StringBuilder("member,action,amount\n");
        for (var i = 0; i < Rows; i++)
            list.Append(i % 10 == 9 ? Wrong(i) : $"card:{i % Members},adjust,3\n");

        var preview = await ListAsync(host.Http, list.ToString(), dryRun: true);
        var waits = await ListAsync(host.Http, list.ToString());
        var hasty = await host.Http.SendAsync(Post($"batches/{waits.Id}/approve", "{}", "x"));
        await SendAsync(host.Http, $"batches/{waits.Id}/approve", """{"skipWrong":true}""", "y");
        var done = await EndsAsync(host.Http, waits.Id, "done");
        var held = await BalancesAsync(client, Members);
        var page = await ReadAsync(host.Http, $"{waits.Id}?after={done.Wrong.Next}");
        await SendAsync(host.Http, $"batches/{waits.Id}/undo", """{"reason":"a mistake"}""", "z");
        var undone = await EndsAsync(host.Http, waits.Id, "undone");

        Assert.Equal((90_000, 10_000, 270_000L),
            (preview.Good, preview.Wrong.Count, Assert.Single(preview.Wallets).In));
        Assert.Equal("rows_wrong", (await ProblemAsync(hasty)).Code);
        Assert.Equal((90_000, 0), (done.Done, done.Refused.Count));
        Assert.Equal(270_000, held.Sum());
        Assert.Equal(
            ["invalid_identity", "invalid_request", "member_not_found"],
            done.Wrong.Lines.Select(row => row.Code).Distinct().Order());
        Assert.Equal(
            (100, 11, 1011),
            (done.Wrong.Lines.Length, done.Wrong.Lines[0].Line, page.Wrong.Lines[0].Line));
        Assert.Equal((90_000, 0), (undone.Undone, undone.Kept.Count));
        Assert.All(await BalancesAsync(client, Members), balance => Assert.Equal(0, balance));
    }

    [Theory]
    [InlineData("", "invalid_request")]
    [InlineData("member,action\n", "invalid_request")]
    [InlineData("who,action\ncard:1,adjust\n", "invalid_request")]
    [InlineData("member\ncard:1\n", "invalid_request")]
    public async Task What_is_no_list_is_refused_as_a_whole(string text, string code)
    {
        await using var host = await EngineHost.StartAsync();

        var refused = await host.Http.SendAsync(PostList(text, dryRun: false));

        Assert.Equal(code, (await ProblemAsync(refused)).Code);
        Assert.Empty((await host.Http.GetFromJsonAsync("/v1/batches", ApiJson.Default.BatchesBody))!.Batches);
    }

    [Fact]
    public async Task A_list_gives_tiers_names_what_is_wrong_with_them_and_takes_them_back()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "r");
        const string Until = "2099-01-01T00:00:00+08:00";

        var list = await ListAsync(
            host.Http,
            $"member,action,tier,until\ncard:1,tier,gold,{Until}\ncard:1,tier,glod,{Until}\n"
                + "card:1,tier,gold,\n");
        await SendAsync(host.Http, $"batches/{list.Id}/approve", """{"skipWrong":true}""", "a");
        await EndsAsync(host.Http, list.Id, "done");
        var given = (await client.GetMemberAsync("card:1"))!.Tier!;
        await SendAsync(host.Http, $"batches/{list.Id}/undo", """{"reason":"a mistake"}""", "u");
        await EndsAsync(host.Http, list.Id, "undone");

        Assert.Equal([3, 4], list.Wrong.Lines.Select(row => row.Line));
        Assert.Equal("gold", given.Id);
        Assert.Equal(DateTimeOffset.Parse(Until, CultureInfo.InvariantCulture), given.Until);
        Assert.Equal("member", (await client.GetMemberAsync("card:1"))!.Tier!.Id);
    }

    [Fact]
    public async Task A_list_grants_coupons_names_what_is_wrong_with_them_and_takes_them_back()
    {
        await using var host = await EngineHost.StartAsync(also: """
            coupons:
              ten: { off: 10, valid: { days: 30 } }
              flash: { off: 10, valid: { days: 30 }, stock: 3 }
            """);
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "r");

        var list = await ListAsync(
            host.Http,
            "member,action,coupon,until\ncard:1,coupon,ten,\ncard:1,coupon,tin,\ncard:1,coupon,flash,\n"
                + "card:1,coupon,ten,2099-01-01T00:00:00+08:00\n");
        await SendAsync(host.Http, $"batches/{list.Id}/approve", """{"skipWrong":true}""", "a");
        await EndsAsync(host.Http, list.Id, "done");
        var given = Assert.Single((await client.GetCouponsAsync("card:1")).Coupons);
        await SendAsync(host.Http, $"batches/{list.Id}/undo", """{"reason":"a mistake"}""", "u");
        await EndsAsync(host.Http, list.Id, "undone");

        Assert.Equal([3, 4, 5], list.Wrong.Lines.Select(row => row.Line));
        Assert.Equal(("ten", "available"), (given.Template, given.Status));
        Assert.Empty((await client.GetCouponsAsync("card:1")).Coupons);
    }

    [Fact]
    public async Task What_has_been_decided_is_not_decided_otherwise()
    {
        await using var host = await EngineHost.StartAsync();
        await new MallVipClient(host.Http).RegisterAsync(new(["card:1"]), "r");
        var list = await ListAsync(host.Http, "member,action,tag\ncard:1,tag,vip\n");

        var declined = await SendAsync(host.Http, $"batches/{list.Id}/decline", """{"reason":"no"}""", "a");
        var late = await host.Http.SendAsync(Post($"batches/{list.Id}/approve", "{}", "b"));
        var nothing = await host.Http.SendAsync(Post($"batches/{new string('0', 32)}/approve", "{}", "c"));

        Assert.Equal(("declined", "no"), (declined.Status, declined.Because));
        Assert.Equal("batch_settled", (await ProblemAsync(late)).Code);
        Assert.Equal("batch_not_found", (await ProblemAsync(nothing)).Code);
        var all = await host.Http.GetFromJsonAsync(
            "/v1/batches?status=declined", ApiJson.Default.BatchesBody);
        Assert.Equal(list.Id, Assert.Single(all!.Batches).Id);
    }

    [Fact]
    public async Task A_row_whose_quote_is_never_closed_is_wrong_and_the_others_are_not()
    {
        await using var host = await EngineHost.StartAsync();
        await new MallVipClient(host.Http).RegisterAsync(new(["card:1"]), "r");

        var list = await ListAsync(host.Http, "member,action,tag\ncard:1,tag,vip\n\"card:1,tag,vip\n");

        Assert.Equal((1, 3), (list.Good, Assert.Single(list.Wrong.Lines).Line));
    }

    private static string Wrong(int row) => (row / 10 % 3) switch
    {
        0 => "card:nobody,adjust,3\n",
        1 => "card:1,adjust,many\n",
        _ => "who is this,adjust,3\n",
    };

    private static async Task<long[]> BalancesAsync(MallVipClient client, int members)
    {
        var balances = new long[members];
        for (var i = 0; i < members; i++)
            balances[i] = (await client.GetMemberAsync($"card:{i}"))!.Wallets.Sum(wallet => wallet.Balance);
        return balances;
    }

    private static async Task<ProblemBody> ProblemAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemBody))!;

    private static async Task<BatchViewBody> ListAsync(HttpClient http, string text, bool dryRun = false) =>
        await BodyAsync(await http.SendAsync(PostList(text, dryRun)));

    private static async Task<BatchViewBody> SendAsync(
        HttpClient http, string path, string json, string key) =>
        await BodyAsync(await http.SendAsync(Post(path, json, key)));

    private static async Task<BatchViewBody> ReadAsync(HttpClient http, string id) =>
        await BodyAsync(await http.GetAsync($"/v1/batches/{id}"));

    private static async Task<BatchViewBody> EndsAsync(HttpClient http, string id, string status)
    {
        await Engine.Waiting.PatientlyAsync(async () => (await ReadAsync(http, id)).Status == status);
        return await ReadAsync(http, id);
    }

    private static async Task<BatchViewBody> BodyAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.BatchViewBody))!;
    }

    private static HttpRequestMessage PostList(string text, bool dryRun)
    {
        var path = $"/v1/batches?reason=sorry&dryRun={(dryRun ? "true" : "false")}";
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(text, new MediaTypeHeaderValue("text/csv", "utf-8")),
        };
        request.Headers.Add("Idempotency-Key", "list");
        return request;
    }

    private static HttpRequestMessage Post(string path, string json, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{path}")
        {
            Content = new StringContent(json, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }
}
