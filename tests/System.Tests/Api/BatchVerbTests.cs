using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using MallVip.System.Tests.RealData;

namespace MallVip.System.Tests.Api;

/// <summary><c>mallvip batch</c> against a running silo.</summary>
public sealed class BatchVerbTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_list_is_checked_handed_in_carried_out_and_watched_to_its_end()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await WithMembersAsync(host.Http);
        var list = List("card:1,adjust,30", "card:2,adjust,5", "card:2,adjust,-9");

        var tried = await RunAsync(host, 0, list, "--reason", "sorry", "--dry-run");
        var waits = await RunAsync(host, 0, list, "--reason", "sorry");
        var done = await RunAsync(host, 3, list, "--reason", "sorry", "--approve", "--watch");
        var again = await RunAsync(host, 3, list, "--reason", "sorry", "--approve", "--watch", "--json");

        Assert.Contains("points: 35 points in, 9 out", tried.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("waits to be approved: 3 rows", waits.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("done: 3 rows, 1 refused", done.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("line 4: insufficient_points", done.Error.ToString(), StringComparison.Ordinal);
        var shown = JsonSerializer.Deserialize($"{again.Out}", ApiJson.Default.BatchViewBody)!;
        Assert.Equal(("done", 3), (shown.Status, shown.Done));
        Assert.Equal(30, (await client.GetMemberAsync("card:1"))!.Wallets.Single().Balance);
        Assert.Equal(5, (await client.GetMemberAsync("card:2"))!.Wallets.Single().Balance);
        var would = await client.UndoBatchAsync(shown.Id, new("a mistake"), dryRun: true);
        Assert.Equal((2, 35), (would.Undo!.Rows, Assert.Single(would.Undo.Wallets).Out));
        Assert.Null((await client.GetBatchAsync(shown.Id)).Undo);
    }

    [Fact]
    public async Task Wrong_rows_hold_a_list_up_until_they_may_be_left_out()
    {
        await using var host = await EngineHost.StartAsync();
        await WithMembersAsync(host.Http);
        var list = List("card:1,adjust,30", "card:9,adjust,5");

        var held = await RunAsync(host, 2, list, "--reason", "sorry", "--approve", "--watch");
        var done = await RunAsync(host, 0, list, "--reason", "sorry", "--approve", "--skip-wrong", "--watch");

        Assert.Contains("line 3: member_not_found", held.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("done: 1 rows", done.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_list_needs_the_key_of_another_operator()
    {
        var (ann, ben) = (ApiKeyFactory.Create(), ApiKeyFactory.Create());
        string[] scopes = ["read", "write", "operate"];
        await using var host = await EngineHost.StartAsync(
            new()
            {
                ApiKeys =
                [
                    new() { Name = "ann", Hash = ann.Hash, Scopes = scopes },
                    new() { Name = "ben", Hash = ben.Hash, Scopes = scopes },
                ],
            },
            "approvals: { above: 100 }");
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", ann.Key);
        var client = await WithMembersAsync(host.Http);
        var list = List("card:1,adjust,500");

        var alone = await RunAsync(host, 1, list, "--reason", "sorry", "--approve", "--key", ann.Key);
        var waits = await WaitsAsync(client, list, ann.Key, host);
        await RunAsync(host, 0, "--id", waits, "--approve", "--watch", "--key", ben.Key);

        Assert.Contains("second_operator", alone.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(500, (await client.GetMemberAsync("card:1"))!.Wallets.Single().Balance);
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        await using var host = await EngineHost.StartAsync();

        var nothing = await RunAsync(host, 1);
        var file = await RunAsync(host, 1, _folder.File("none.csv"), "--reason", "sorry");
        var id = await RunAsync(host, 1, "--id", new string('0', 32));

        Assert.Contains("--reason", nothing.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("none.csv", file.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("batch_not_found", id.Error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The id of the list that the file is.</summary>
    private static async Task<string> WaitsAsync(
        MallVipClient client, string list, string key, EngineHost host)
    {
        var shown = await RunAsync(host, 0, list, "--reason", "sorry", "--json", "--key", key);
        var body = JsonSerializer.Deserialize($"{shown.Out}", ApiJson.Default.BatchViewBody)!;
        Assert.True((await client.GetBatchAsync(body.Id)).FourEyes);
        return body.Id;
    }

    private static async Task<MallVipClient> WithMembersAsync(HttpClient http)
    {
        var client = new MallVipClient(http);
        await client.RegisterAsync(new(["card:1"]), "r1");
        await client.RegisterAsync(new(["card:2"]), "r2");
        return client;
    }

    private string List(params string[] rows)
    {
        var path = _folder.File("list.csv");
        File.WriteAllLines(path, ["member,action,amount", .. rows]);
        return path;
    }

    private static Task<ScriptConsole> RunAsync(EngineHost host, int exit, params string[] words) =>
        Verb.RunAsync(exit, "", ["batch", .. words, "--to", $"{host.Http.BaseAddress}"]);
}
