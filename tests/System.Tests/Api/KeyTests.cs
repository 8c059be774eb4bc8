using MallVip.Client;
using MallVip.Client.Keys;

namespace MallVip.System.Tests.Api;

public class KeyTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5100", true)]
    [InlineData("http://[::1]:5100", true)]
    [InlineData("http://localhost:5100", true)]
    [InlineData("http://0.0.0.0:5100", false)]
    [InlineData("http://*:80", false)]
    [InlineData("http://[::]:80", false)]
    [InlineData("https://vip.example.com", false)]
    public void Without_keys_only_this_machine_is_listened_to(string url, bool allowed)
    {
        var faults = StartupGuard.Examine([url], new());

        Assert.Equal(allowed, faults.IsEmpty);
        if (!allowed)
            Assert.Contains(url, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_in_the_keys_is_told_at_once()
    {
        var good = ApiKeyFactory.Create().Hash;
        ApiKeyOptions[] keys =
        [
            new() { Name = "a b", Hash = good, Scopes = ["read"] },
            new() { Name = "import", Hash = good, Scopes = ["read"] },
            new() { Name = "till", Hash = "abc", Scopes = [] },
            new() { Name = "till", Hash = good, Scopes = ["admin"] },
        ];

        Assert.Equal(6, StartupGuard.Examine(["http://0.0.0.0:80"], new() { ApiKeys = keys }).Length);
    }

    [Fact]
    public async Task A_key_does_what_its_scopes_say()
    {
        var key = ApiKeyFactory.Create();
        await using var host = await ApiHost.StartAsync(new()
        {
            ApiKeys = [new() { Name = "till-1", Hash = key.Hash, Scopes = ["write"] }],
        });
        var body = Requests.Event("e1");

        await (await host.PostAsync("/v1/events", body)).ProblemAsync(401, "unauthorized");
        await (await host.PostAsync("/v1/events", body, "application/json", ("X-Api-Key", key.Key + "x")))
            .ProblemAsync(401, "unauthorized");
        await (await host.PostAsync("/v1/events?run=r", body, "application/json", ("X-Api-Key", key.Key)))
            .ProblemAsync(403, "forbidden");
        await (await host.PostAsync("/v1/runs/r/end", "", null, ("X-Api-Key", key.Key)))
            .ProblemAsync(403, "forbidden");
        await (await host.SendAsync(HttpMethod.Get, "/v1/live", headers: ("X-Api-Key", key.Key)))
            .ProblemAsync(403, "forbidden");
        await (await host.PostAsync("/v1/events", body, "application/json", ("X-Api-Key", key.Key)))
            .AnswerAsync();
        await (await host.PostAsync(
            "/v1/events", body, "application/json", ("Authorization", $"Bearer {key.Key}")))
            .AnswerAsync();

        Assert.Equal("till-1", host.Door.Options!.Actor);
        Assert.DoesNotContain(host.Logs, line => line.Contains(key.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_keys_a_foreign_host_name_is_refused()
    {
        await using var host = await ApiHost.StartAsync();

        await (await host.PostAsync(
            "/v1/events", Requests.Event("e1"), "application/json", ("Host", "evil.example")))
            .ProblemAsync(421, "foreign_host");
    }

    [Fact]
    public async Task The_page_and_the_probes_are_open()
    {
        await using var host = await ApiHost.StartAsync(new()
        {
            ApiKeys = [new() { Name = "k", Hash = ApiKeyFactory.Create().Hash, Scopes = ["read"] }],
        });

        foreach (
            var path in (string[])["/", "/page.css", "/page.js", "/healthz", "/readyz", "/v1/openapi.json"])
            Assert.Equal(200, (int)(await host.SendAsync(HttpMethod.Get, path)).StatusCode);
    }
}
