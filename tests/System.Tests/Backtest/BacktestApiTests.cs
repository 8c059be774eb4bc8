using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using MallVip.System.Tests.Api;

namespace MallVip.System.Tests.Backtest;

/// <summary><c>POST /v1/rules/backtest</c>.</summary>
public sealed class BacktestApiTests
{
    [Fact]
    public async Task A_draft_is_tried_on_the_history_at_once_or_with_its_progress()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "k1");
        var answered = await client.SendEventAsync(Purchase);
        Assert.Equal("accepted", answered.Status);
        var draft = await DraftAsync(client, "event.paid / 10", "event.paid / 5");

        var answer = await PostAsync(host, new(draft));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.False(json.RootElement.GetProperty("same").GetBoolean());
        Assert.Equal(10, Difference(json.RootElement));

        var lines = (await (await PostAsync(host, new(draft, Cpu: 1), "application/x-ndjson"))
            .Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var last = JsonDocument.Parse(lines[^1]);
        Assert.Equal(10, Difference(last.RootElement));
    }

    [Fact]
    public async Task A_store_that_nobody_has_declared_is_named_by_its_code_in_the_callers_language()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "k1");
        Assert.Equal("accepted", (await client.SendEventAsync(Purchase with
        {
            Data = JsonDocument.Parse("""{"receipt":"R1","store":"ghost","paid":"100.00"}""").RootElement,
        })).Status);
        host.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh");

        var answer = await PostAsync(host, new((await client.GetProgrammeAsync()).Version));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var row = json.RootElement.GetProperty("rows").EnumerateArray().Single(
            row => row.TryGetProperty("code", out _));

        Assert.Equal(
            ("store_not_declared", "ghost", 1, 1),
            (row.GetProperty("code").GetString(), row.GetProperty("key").GetString(),
                row.GetProperty("before").GetInt32(), row.GetProperty("after").GetInt32()));
        Assert.StartsWith("缺少店铺的一侧", row.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_compile_is_not_there_or_makes_no_sense_is_named()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var broken = await DraftAsync(client, "event.paid / 10", "event.payed");
        var inForce = (await client.GetProgrammeAsync()).Version;

        foreach (var (body, status, code) in new[]
        {
            (new BacktestBody(broken), 422, "programme_not_publishable"),
            (new(new string('0', 64)), 404, "draft_not_found"),
            (new(inForce, From: "yesterday"), 400, "invalid_request"),
            (new(inForce, Sample: 0), 400, "invalid_request"),
            (new(inForce, Cpu: 1.5), 400, "invalid_request"),
            (new(inForce, Against: "luck"), 400, "invalid_request"),
        })
        {
            var answer = await PostAsync(host, body);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(
                (status, code),
                ((int)answer.StatusCode, problem.RootElement.GetProperty("code").GetString()));
            if (status == 422)
                Assert.NotEmpty(problem.RootElement.GetProperty("diagnostics").EnumerateArray());
        }
    }

    [Fact]
    public async Task Neither_a_test_key_nor_one_that_may_only_read_may_try()
    {
        var (trial, reader) = (ApiKeyFactory.Create(), ApiKeyFactory.Create());
        await using var host = await EngineHost.StartAsync(new()
        {
            ApiKeys =
            [
                new() { Name = "trial", Hash = trial.Hash, Scopes = ["read", "operate"], Test = true },
                new() { Name = "reader", Hash = reader.Hash, Scopes = ["read"] },
            ],
        });

        foreach (var key in new[] { trial.Key, reader.Key })
            Assert.Equal(
                HttpStatusCode.Forbidden, (await PostAsync(host, new("x"), key: key)).StatusCode);
    }

    private static CloudEventBody Purchase => new()
    {
        Id = "e1",
        Source = "pos",
        Type = "mall.purchase",
        Subject = "card:1",
        Time = TimeProvider.System.GetUtcNow(),
        Data = JsonDocument.Parse("""{"receipt":"R1","store":"shirts","paid":"100.00"}""").RootElement,
    };

    private static async Task<string> DraftAsync(MallVipClient client, string from, string to)
    {
        var files = (await client.GetProgrammeAsync(files: true)).Files;
        var draft = await client.PostDraftAsync(new(files.SetItem(
            "points.yaml", files["points.yaml"]!.Replace(from, to, StringComparison.Ordinal))));
        return draft.Id;
    }

    private static async Task<HttpResponseMessage> PostAsync(
        EngineHost host, BacktestBody body, string accept = "application/json", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rules/backtest")
        {
            Content = JsonContent.Create(body, ApiJson.Default.BacktestBody),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        return await host.Http.SendAsync(request);
    }

    private static long Difference(JsonElement result) => result.GetProperty("rows").EnumerateArray()
        .Single(row => row.GetProperty("section").GetString() == "rule").GetProperty("difference").GetInt64();
}
