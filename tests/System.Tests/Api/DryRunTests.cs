using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MallVip.Client;

namespace MallVip.System.Tests.Api;

/// <summary>What <c>dryRun=true</c> shows, and that it leaves nothing behind.</summary>
public class DryRunTests
{
    private const string Phone = "phone:+8613800138000";
    private int _keys;

    [Fact]
    public async Task A_registration_is_shown_and_the_identity_stays_free()
    {
        await using var host = await EngineHost.StartAsync();

        var tried = await WriteAsync(host, "/v1/members", $$"""{"identities":["{{Phone}}"]}""");

        Assert.Equal(HttpStatusCode.OK, tried.StatusCode);
        Assert.Null(tried.Headers.Location);
        Assert.Equal("accepted", await StatusOf(tried));
        Assert.Null(await new MallVipClient(host.Http).GetMemberAsync(Phone));
        await new MallVipClient(host.Http).RegisterAsync(new([Phone]), "real");
    }

    [Fact]
    public async Task A_registration_with_somebody_elses_identity_is_refused_as_it_would_be()
    {
        await using var host = await EngineHost.StartAsync();
        await new MallVipClient(host.Http).RegisterAsync(new([Phone]), "k");

        var body = $$"""{"identities":["card:7","{{Phone}}"]}""";
        await (await WriteAsync(host, "/v1/members", body)).ProblemAsync(409, "identity_taken");
        await (await WriteAsync(host, "/v1/members", """{"identities":["card:7"],"mall":"moon"}"""))
            .ProblemAsync(422, "unknown_mall");

        Assert.Null(await new MallVipClient(host.Http).GetMemberAsync("card:7"));
    }

    [Fact]
    public async Task A_link_is_shown_and_the_identity_stays_free()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        await client.RegisterAsync(new(["card:taken"]), "k2");
        var path = $"/v1/members/{Uri.EscapeDataString(Phone)}/identities";

        var free = await WriteAsync(host, path, """{"identity":"card:free"}""");
        var taken = await WriteAsync(host, path, """{"identity":"card:taken"}""");

        Assert.Equal("accepted", await StatusOf(free));
        await taken.ProblemAsync(409, "identity_taken");
        Assert.Null(await client.GetMemberAsync("card:free"));
        Assert.Equal(Phone, Assert.Single((await client.GetMemberAsync(Phone))!.Identities));
    }

    [Fact]
    public async Task A_claim_of_an_event_shows_its_points_and_the_event_still_waits()
    {
        await using var host = await EngineHost.StartAsync();
        await new MallVipClient(host.Http).RegisterAsync(new([Phone]), "k1");
        await SendAsync(host, Event("e1", "mall.purchase", "card:9", Purchase("R1", 120)), "");
        var claim = $$"""{"source":"/pos","id":"e1","member":"{{Phone}}"}""";

        for (var round = 0; round < 2; round++)
        {
            using var tried = await JsonOf(await WriteAsync(host, "/v1/events/claim", claim));
            Assert.Equal(12, tried.RootElement.GetProperty("balances").GetProperty("points").GetInt64());
        }

        Assert.Equal(0, (await new MallVipClient(host.Http).GetMemberAsync(Phone))!.Events);
    }

    [Theory]
    [InlineData("/spend", """{"amount":5}""")]
    [InlineData("/adjust", """{"amount":5,"reason":"gift"}""")]
    [InlineData("/tags/vip", "{}")]
    public async Task A_command_is_shown_and_changes_nothing(string path, string body)
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        await client.AdjustAsync(Phone, new(50, "gift"), "k2");
        var before = (await client.GetMemberAsync(Phone))!.Seq;

        var tried = await WriteAsync(
            host, $"/v1/members/{Uri.EscapeDataString(Phone)}{path}", body,
            path.StartsWith("/tags", StringComparison.Ordinal) ? HttpMethod.Put : HttpMethod.Post);

        Assert.Equal("accepted", await StatusOf(tried));
        Assert.Equal(before, (await client.GetMemberAsync(Phone))!.Seq);
    }

    [Fact]
    public async Task An_event_that_would_enrol_is_shown_as_accepted_and_enrols_nobody()
    {
        await using var host = await EngineHost.StartAsync();
        await new MallVipClient(host.Http).RegisterAsync(new(["card:taken"]), "k1");
        var free = Event("e1", "member.registered", Phone, """{"identities":["card:free"]}""");
        var taken = Event("e2", "member.registered", Phone, """{"identities":["card:taken"]}""");

        Assert.Equal("accepted", await StatusOf(await SendAsync(host, free, "?dryRun=true")));
        await (await SendAsync(host, taken, "?dryRun=true")).ProblemAsync(409, "identity_taken");
        Assert.Null(await new MallVipClient(host.Http).GetMemberAsync(Phone));
        Assert.Null(await new MallVipClient(host.Http).GetMemberAsync("card:free"));
    }

    [Fact]
    public async Task Each_event_of_a_batch_stands_for_itself()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        var batch = string.Join(',', Enumerable.Range(1, 3).Select(
            i => Event($"e{i}", "mall.purchase", Phone, Purchase($"R{i}", 100))));

        using var answers = await JsonOf(await SendAsync(
            host, $"[{batch}]", "?dryRun=true", "application/cloudevents-batch+json"));

        Assert.Equal([10, 10, 10], answers.RootElement.EnumerateArray().Select(
            answer => answer.GetProperty("balances").GetProperty("points").GetInt64()));
        Assert.Equal(0, (await client.GetMemberAsync(Phone))!.Events);
    }

    private Task<HttpResponseMessage> WriteAsync(
        EngineHost host, string path, string body, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, $"{path}?dryRun=true")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", $"dry-{++_keys}");
        return host.Http.SendAsync(request, TestContext.Limit);
    }

    private static Task<HttpResponseMessage> SendAsync(
        EngineHost host, string body, string query, string type = "application/json")
    {
        var content = new StringContent(body, new MediaTypeHeaderValue(type));
        return host.Http.PostAsync($"/v1/events{query}", content, TestContext.Limit);
    }

    private static string Purchase(string receipt, int paid) =>
        $$"""{"receipt":"{{receipt}}","store":"shirts","paid":{{paid}}}""";

    private static string Event(string id, string type, string subject, string data) =>
        $"{{\"specversion\":\"1.0\",\"source\":\"/pos\",\"id\":\"{id}\",\"type\":\"{type}\"," +
        $"\"subject\":\"{subject}\",\"data\":{data}}}";

    private static async Task<string?> StatusOf(HttpResponseMessage response)
    {
        using var answer = await JsonOf(response);
        return answer.RootElement.GetProperty("status").GetString();
    }

    private static async Task<JsonDocument> JsonOf(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
    }
}
