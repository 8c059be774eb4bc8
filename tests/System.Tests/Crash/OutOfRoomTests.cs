using System.Net;
using System.Text.Json;
using MallVip.Client.Health;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Npgsql;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Crash;

/// <summary>
/// A real silo under load whose disk gets full, or whose database takes no writes: it refuses and says why,
/// goes on by itself when it can, and nothing that it answered is lost.
/// </summary>
public sealed class OutOfRoomTests(ITestOutputHelper output)
{
    private const int Some = 500;

    private readonly EventLoad _load = new();

    [DiskFact]
    public async Task A_data_folder_on_a_full_disk()
    {
        // More than the write-ahead log takes before it is written back, or it fills the disk by itself.
        await using var disk = SmallDisk.Mount(64);
        await RefusesAndGoesOnAsync(
            () => SiloProcess.ServeAsync(disk.Path), "disk is full",
            () => Task.CompletedTask,
            () =>
            {
                disk.Grow(256);
                return Task.CompletedTask;
            });
        await using var journal = SqliteJournalReader.Open(disk.Path);
        await KillVerdict.JudgeAsync(journal, _load, [0], output);
    }

    [DiskFact(NeedsPostgres = true)]
    public async Task A_database_on_a_full_disk()
    {
        await using var disk = SmallDisk.Mount(24);
        disk.GiveTo("postgres");
        await using var server = await OwnPostgres.StartAsync();
        await PostgresCluster.RunAsync(
            server.Connection(), $"CREATE TABLESPACE small LOCATION '{disk.Path}'");
        await PostgresCluster.RunAsync(server.Connection(), "CREATE DATABASE small TABLESPACE small");
        var connection = new NpgsqlConnectionStringBuilder(server.Connection()) { Database = "small" }
            .ConnectionString;
        await RefusesAndGoesOnAsync(
            () => ServeAsync(connection), "disk is full",
            () => Task.CompletedTask,
            () =>
            {
                disk.Grow(256);
                return Task.CompletedTask;
            });
        await JudgeAsync(connection);
    }

    [PostgresFact]
    public async Task A_database_that_takes_no_writes()
    {
        await using var server = await OwnPostgres.StartAsync();
        await RefusesAndGoesOnAsync(
            () => ServeAsync(server.Connection()), "takes no writes",
            () => SetReadOnlyAsync("on"), () => SetReadOnlyAsync("off"));
        await JudgeAsync(server.Connection());

        async Task SetReadOnlyAsync(string value)
        {
            await PostgresCluster.RunAsync(
                server.Connection() + ";Options=-c default_transaction_read_only=off",
                $"ALTER DATABASE postgres SET default_transaction_read_only = {value}");
            await server.CutAsync();
        }
    }

    private async Task RefusesAndGoesOnAsync(
        Func<Task<SiloProcess>> serve, string says, Func<Task> spoil, Func<Task> mend)
    {
        await using (var silo = await serve())
        {
            await _load.RegisterAsync(silo.Http);
            _load.Trace.Begin("before");
            var running = _load.RunAsync(silo.Http);
            await AcknowledgedAsync(silo, running, since: 0);
            await spoil();
            await UntilItSaysAsync(silo, says);
            await IsRefusedAsync(silo);
            _load.Trace.Begin("mended");
            await mend();
            await AcknowledgedAsync(silo, running, _load.AcknowledgedCount);
            await Waiting.ForAsync(async () => (await ReadyAsync(silo)).Code == HttpStatusCode.OK);
            await silo.KillAsync();
            await running.WaitAsync(EngineHost.Patience);
        }

        await using (var next = await serve())
            await _load.FinishAsync(next.Http);
        _load.Trace.Write(output);
    }

    /// <param name="since">Counted from so many on: a small disk may be full before the first look.</param>
    private async Task AcknowledgedAsync(SiloProcess silo, Task running, int since)
    {
        var goal = since + Some;
        await Waiting.ForAsync(() => _load.AcknowledgedCount >= goal || running.IsCompleted);
        Assert.False(running.IsCompleted, $"The silo went by itself: {silo.Said}");
    }

    /// <summary>Some small thing may still find room for a moment: five times in all.</summary>
    private static async Task UntilItSaysAsync(SiloProcess silo, string says)
    {
        var times = 0;
        await Waiting.ForAsync(async () =>
        {
            var (code, body) = await ReadyAsync(silo);
            if (code == HttpStatusCode.ServiceUnavailable && body.Components.Any(
                part => !part.Ready && part.Detail.Contains(says, StringComparison.Ordinal)))
                times++;
            return times == 5;
        });
    }

    private static async Task IsRefusedAsync(SiloProcess silo)
    {
        var now = TimeProvider.System.GetUtcNow();
        var purchase = Till.Purchase("refused", Till.Phone(1), 10, now, "bay-coat");
        using var content = new ByteArrayContent(purchase);
        content.Headers.ContentType = new("application/cloudevents+json");
        using var response = await silo.Http.PostAsync("/v1/events", content);
        var problem = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("try_again", problem, StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private static async Task<(HttpStatusCode Code, ReadyBody Body)> ReadyAsync(SiloProcess silo)
    {
        using var response = await silo.Http.GetAsync("/readyz");
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, JsonSerializer.Deserialize<ReadyBody>(text, JsonSerializerOptions.Web)!);
    }

    private static async Task<SiloProcess> ServeAsync(string connection)
    {
        await Migrator.ApplyAsync(connection);
        return await SiloProcess.ServeAsync(null, environment: PostgresSilo.Settings(connection));
    }

    private async Task JudgeAsync(string connection)
    {
        await using var journal =
            await PostgresJournalReader.OpenAsync(new() { ConnectionString = connection });
        await KillVerdict.JudgeAsync(journal, _load, [0], output);
    }
}
