using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Cluster;

/// <summary>
/// Silos in processes of their own that deliver their inboxes by streams: what was answered 202 is counted
/// once and in order, whichever of them dies.
/// </summary>
public sealed class StreamProcessTests(ITestOutputHelper output)
{
    private static readonly (string, string) ByStream = ("MallVip__Streams__Inbox", "Memory");

    private static readonly byte[] Late = Till.Purchase(
        "late", Till.Phone(1), 5, TimeProvider.System.GetUtcNow().AddMinutes(-1), "bay-coat");

    [SiloFact]
    public Task A_silo_with_members_is_killed_and_what_was_on_streams_is_counted_once() => KillAsync(2);

    [SiloFact]
    public Task The_silo_that_took_the_events_is_killed_and_another_delivers_them() => KillAsync(0);

    [SiloFact]
    public async Task The_API_apart_delivers_by_the_silos_streams_and_shows_what_a_silo_decides()
    {
        await using var cluster = await ClusterProcesses.StartAsync(2, more: ByStream);
        await using var client = await cluster.StartClientAsync(ByStream);
        using var feed = await client.Http.GetAsync("/v1/live", HttpCompletionOption.ResponseHeadersRead);
        using var live = new StreamReader(await feed.Content.ReadAsStreamAsync());

        await AsyncUpload.SendAsync(cluster.Silos[1]);
        await EntryAsync(live);
        await AsyncUpload.DeliveredAsync(cluster.Connection);
        await AsyncUpload.JudgeAsync(cluster.Connection, output);
        await AsyncUpload.PostAsync(client, [Late], later: true);
        await AsyncUpload.DeliveredAsync(cluster.Connection);

        var ready = await client.Http.GetStringAsync("/readyz");
        Assert.Contains("1 were delivered by streams, 0 by calls", ready, StringComparison.Ordinal);
        await client.AskToEndAsync();
        Assert.Equal(0, await client.EndedAsync());
        await cluster.StopAsync();
    }

    private async Task KillAsync(int silo)
    {
        await using var cluster = await ClusterProcesses.StartAsync(3, more: ByStream);
        await AsyncUpload.SendAsync(cluster.Silos[0]);
        await cluster.Silos[silo].KillAsync();
        output.WriteLine($"{await PostgresSilo.CountAsync(cluster.Connection, "inbox")} waited at the kill");
        await AsyncUpload.DeliveredAsync(cluster.Connection);
        foreach (var left in cluster.Silos.Where(left => !left.HasEnded))
            output.WriteLine(await left.Http.GetStringAsync("/readyz"));
        await cluster.StopAsync();
        await AsyncUpload.JudgeAsync(cluster.Connection, output);
    }

    /// <summary>Reads the feed until an entry comes.</summary>
    private static async Task EntryAsync(StreamReader live)
    {
        using var limit = new CancellationTokenSource(ClusterHost.Patience);
        while (await live.ReadLineAsync(limit.Token) is { } line)
        {
            if (line == "event: entry")
                return;
        }

        Assert.Fail("The feed ended.");
    }
}
