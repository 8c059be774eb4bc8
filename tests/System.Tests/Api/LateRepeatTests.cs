using System.Net.Http.Json;
using System.Text.Json;
using MallVip.Client;

namespace MallVip.System.Tests.Api;

/// <summary>A write whose repeat comes when the world has moved on.</summary>
public class LateRepeatTests
{
    private const string Phone = "phone:+8613800138000";

    [Fact]
    public async Task A_write_that_had_nothing_to_do_does_nothing_when_it_is_repeated_later()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");

        var given = await TagAsync(host, HttpMethod.Put, "k2");
        var again = await TagAsync(host, HttpMethod.Put, "k3");
        var taken = await TagAsync(host, HttpMethod.Delete, "k4");
        var late = await TagAsync(host, HttpMethod.Put, "k3");
        Assert.Empty((await client.GetMemberAsync(Phone))!.Tags);
        var gone = await TagAsync(host, HttpMethod.Delete, "k5");
        var back = await TagAsync(host, HttpMethod.Put, "k6");
        var lateToo = await TagAsync(host, HttpMethod.Delete, "k5");

        Assert.Equal(["accepted", "unchanged", "accepted", "duplicate"], [given, again, taken, late]);
        Assert.Equal(["unchanged", "accepted", "duplicate"], [gone, back, lateToo]);
        Assert.Equal("vip", Assert.Single((await client.GetMemberAsync(Phone))!.Tags).Tag);
    }

    /// <returns>The answer's status.</returns>
    private static async Task<string> TagAsync(EngineHost host, HttpMethod method, string key)
    {
        using var request = new HttpRequestMessage(method, $"/v1/members/{Phone}/tags/vip");
        request.Headers.Add("Idempotency-Key", key);
        using var response = await host.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString()!;
    }
}
