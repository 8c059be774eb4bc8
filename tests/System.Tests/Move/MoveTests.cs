using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Move;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Import;
using MallVip.System.Tests.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Move;

/// <summary>The verb <c>mallvip move</c> between two lives of a mall, in processes of their own.</summary>
public sealed class MoveTests(ITestOutputHelper output)
{
    private const int Tripwire = 4_711;

    [PostgresFact]
    public async Task A_mall_moves_and_every_event_of_both_lives_stands_once_in_the_database()
    {
        using var folder = new TempFolder();
        var (load, ready) = (new EventLoad(), new List<double>());
        await using (var silo = await SiloProcess.ServeAsync(folder.Path))
        {
            await load.RegisterAsync(silo.Http);
            await KillTests.KillUnderLoadAsync(silo, load, 3_000);
        }

        var database = await PostgresCluster.CreateAsync();
        var settings = await SettingsAsync(folder, database);
        Assert.Equal(0, await MoveAsync(folder, settings));
        var refused = await RefusedAsync(folder.Path, null);
        Assert.Contains("moved to PostgreSQL", refused, StringComparison.Ordinal);
        Assert.Equal(1, await MoveAsync(folder, settings));

        await using (var silo = await SiloProcess.ServeAsync(null, environment: settings))
        {
            ready.Add(silo.ReadyAfter.TotalMilliseconds);
            await KillTests.KillUnderLoadAsync(silo, load, 1_000);
        }

        await using (var silo = await SiloProcess.ServeAsync(null, environment: settings))
        {
            ready.Add(silo.ReadyAfter.TotalMilliseconds);
            await load.FinishAsync(silo.Http);
        }

        await using var journal = await PostgresJournalReader.OpenAsync(
            new() { ConnectionString = database });
        await KillVerdict.JudgeAsync(journal, load, ready, output);
    }

    [PostgresFact]
    public async Task A_move_killed_between_two_transactions_is_refused_by_silos_and_finished_by_the_next()
    {
        using var folder = await MovableFolder.CreateAsync(identities: 160);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, ServerKey.FileName), PostgresSilo.Key);
        var database = await PostgresCluster.CreateAsync();
        var settings = PostgresSilo.Settings(database);
        await TripAsync(database);
        await using (var holder = await HoldAsync(database))
        {
            await using var move = Start(folder.Path, settings);
            await Waiting.ForAsync(async () => await IsWaitingAsync(holder) || move.HasEnded);
            Assert.False(move.HasEnded, move.Said);
            await move.KillAsync();
        }

        await PostgresCluster.RunAsync(database, "DROP TRIGGER trip ON journal");
        Assert.InRange(await CountAsync(database), 1, 164);
        Assert.Contains("by halves", await RefusedAsync(null, settings), StringComparison.Ordinal);
        await using var again = Start(folder.Path, settings);
        Assert.Equal(0, await again.EndedAsync());
        output.WriteLine(again.Said);
        Assert.Equal(165, await CountAsync(database));
        await using var silo = await SiloProcess.ServeAsync(null, environment: settings);
    }

    [PostgresFact]
    public async Task A_broken_journal_stays_where_it_is_and_the_database_stays_empty()
    {
        using var folder = await MovableFolder.CreateAsync();
        await using (var file = new SqliteConnection($"Data Source={folder.Path}/journal.db;Pooling=false"))
        {
            await file.OpenAsync();
            await using var command = file.CreateCommand();
            command.CommandText = "UPDATE journal SET actor = 'nobody' WHERE pos = 3";
            await command.ExecuteNonQueryAsync();
        }

        var (database, console) = (await PostgresCluster.CreateAsync(), new TestConsole());
        var settings = new JournalSettings
        {
            Store = "PostgreSQL",
            ConnectionString = database,
            ServerKey = PostgresSilo.Key,
        };
        Assert.Equal(1, await MoveCommand.RunAsync(
            new(folder.Path, settings), console, TimeProvider.System, default));
        Assert.Contains("not clean", console.Error.ToString(), StringComparison.Ordinal);
        await using (await PostgresJournal.OpenAsync(new() { ConnectionString = database }))
            Assert.Equal(0, await CountAsync(database));
        Assert.Equal(2, await MoveCommand.RunAsync(
            new(folder.Path, new()), console, TimeProvider.System, default));
    }

    private static async Task<Dictionary<string, string>> SettingsAsync(TempFolder folder, string database)
    {
        var settings = PostgresSilo.Settings(database);
        settings["MallVip__Journal__ServerKey"] =
            (await File.ReadAllTextAsync(folder.File(ServerKey.FileName))).Trim();
        return settings;
    }

    private async Task<int> MoveAsync(TempFolder folder, Dictionary<string, string> settings)
    {
        await using var move = Start(folder.Path, settings);
        var code = await move.EndedAsync();
        output.WriteLine(move.Said);
        return code;
    }

    private static SiloProcess Start(string folder, Dictionary<string, string> settings) =>
        SiloProcess.Start(["move", "--data", folder], settings);

    private static async Task<string> RefusedAsync(string? data, Dictionary<string, string>? settings)
    {
        var (code, said) = await SiloProcess.RefuseAsync(data, environment: settings);
        Assert.Equal(1, code);
        return said;
    }

    /// <summary>Whoever writes the 100th entry waits until the tripwire is let go.</summary>
    private static Task TripAsync(string database) => PostgresCluster.RunAsync(
        database,
        $"""
        CREATE FUNCTION trip() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_advisory_xact_lock({Tripwire}); RETURN NEW; END';
        CREATE TRIGGER trip BEFORE INSERT ON journal FOR EACH ROW WHEN (NEW.pos = 100) EXECUTE FUNCTION trip()
        """);

    private static async Task<NpgsqlConnection> HoldAsync(string database)
    {
        var holder = new NpgsqlConnection(database + ";Pooling=false");
        await holder.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({Tripwire})", holder);
        await command.ExecuteNonQueryAsync();
        return holder;
    }

    private static async Task<bool> IsWaitingAsync(NpgsqlConnection holder)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT EXISTS(SELECT FROM pg_locks WHERE NOT granted AND objid = {Tripwire})", holder);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<long> CountAsync(string database)
    {
        await using var open = new NpgsqlConnection(database + ";Pooling=false");
        await open.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM journal", open);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
