using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.Grains.Tests.Runtime;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Serve;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Postgres;

/// <summary>A silo moves old entries into the archive.</summary>
public sealed class ArchiveWorkTests(ITestOutputHelper output)
{
    private const string ADayPasses = "UPDATE journal_mark SET at = at - interval '25 hours'";

    [Fact]
    public void An_age_that_the_fence_does_not_cover_is_refused()
    {
        var fault = Assert.Single(
            new JournalSettings { Archive = true, ArchiveAfter = TimeSpan.FromMinutes(119) }.Examine());
        Assert.Contains("01:59:00", fault, StringComparison.Ordinal);
        Assert.Empty(new JournalSettings { Archive = true, ArchiveAfter = TimeSpan.FromHours(2) }.Examine());
    }

    [PostgresFact]
    public async Task It_moves_what_is_old_when_it_starts_and_each_minute()
    {
        var connection = await PostgresCluster.CreateAsync();
        await using var journal = await PostgresJournal.OpenAsync(new() { ConnectionString = connection });
        var time = new ManualTime();
        using var work = new ArchiveWork(
            journal, TimeSpan.FromHours(24), time, NullLogger<ArchiveWork>.Instance);
        await journal.AppendAsync(new ChainOf(1).Next());
        await SettledAsync(connection);
        await work.StartAsync(default);
        await Waiting.ForAsync(async () => await CountAsync(connection, "journal_mark") == 1);
        await PostgresCluster.RunAsync(connection, ADayPasses);
        await Waiting.ForAsync(async () =>
        {
            time.Advance(ArchiveWork.Pause);
            return await CountAsync(connection, "journal_archive") == 1;
        });
        await work.StopAsync(default);
        Assert.Equal(0, await CountAsync(connection, "ONLY journal"));
    }

    [SiloFact]
    public async Task A_silo_goes_on_upon_members_whose_entries_it_has_archived()
    {
        var connection = await PostgresSilo.CreateAsync();
        var load = new EventLoad();
        foreach (var life in (int[])[1, 2, 3])
        {
            var settings = PostgresSilo.Settings(connection);
            settings["MallVip__Journal__Archive"] = "true";
            await SettledAsync(connection);
            await using var silo = await SiloProcess.ServeAsync(null, environment: settings);
            if (life == 1)
                await load.RegisterAsync(silo.Http);
            await Waiting.ForAsync(async () => life < 3
                ? await CountAsync(connection, "journal_mark") == life
                : await CountAsync(connection, "journal_archive") > 2 * ArchiveWork.Most);
            await KillTests.KillUnderLoadAsync(silo, load, life == 1 ? 3_000 : 500);
            await PostgresCluster.RunAsync(connection, ADayPasses);
        }

        var unset = PostgresSilo.Settings(connection);
        await using (var last = await SiloProcess.ServeAsync(null, environment: unset))
            await load.FinishAsync(last.Http);
        await using var journal =
            await PostgresJournalReader.OpenAsync(new() { ConnectionString = connection });
        await KillVerdict.JudgeAsync(journal, load, [0], output);
    }

    /// <summary>A mark covers what was settled when it was made; transactions of other tests may be older
    /// than the entries.</summary>
    private static Task SettledAsync(string connection) => Waiting.PatientlyAsync(async () =>
        await CountAsync(connection, "journal WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())") == 0);

    private static async Task<long> CountAsync(string connection, string table)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", open);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
