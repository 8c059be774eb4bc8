using System.Net;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.System.Tests.Api;

namespace MallVip.System.Tests.Reports;

/// <summary><c>GET /v1/reports/{name}</c>.</summary>
public sealed class ReportApiTests
{
    [Fact]
    public async Task It_answers_json_and_csv_and_names_what_is_wrong()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "k1");
        await client.AdjustAsync("card:1", new(50, "till was broken"), "k2");

        using var json = JsonDocument.Parse(await host.Http.GetStringAsync("/v1/reports/points"));
        var row = Assert.Single(json.RootElement.GetProperty("rows").EnumerateArray());
        Assert.Equal(50, row.GetProperty("net").GetInt64());
        var csv = await host.Http.GetStringAsync("/v1/reports/outstanding?format=csv&cost=points:0.5");
        Assert.Contains(",50,1,25\n", csv, StringComparison.Ordinal);

        foreach (var (path, status) in new[]
        {
            ("nonsense", HttpStatusCode.NotFound), ("day-close", HttpStatusCode.NotFound),
            ("points?firstDay=yesterday", HttpStatusCode.BadRequest),
            ("points?format=xml", HttpStatusCode.BadRequest), ("points?cost=5", HttpStatusCode.BadRequest),
        })
            Assert.Equal(status, (await host.Http.GetAsync("/v1/reports/" + path)).StatusCode);
    }

    [Fact]
    public async Task Neither_a_test_key_nor_one_that_may_only_read_gets_a_report()
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
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/reports/points");
            request.Headers.Add("X-Api-Key", key);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.Http.SendAsync(request)).StatusCode);
        }
    }
}
