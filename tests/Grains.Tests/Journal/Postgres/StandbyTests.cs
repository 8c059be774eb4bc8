using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>Where the operator asks for a standby, written means: on the standby too.</summary>
public sealed class StandbyTests
{
    [PostgresFact]
    public async Task A_commit_that_gave_up_waiting_for_the_standby_is_not_taken_for_written()
    {
        await using var server = await OwnPostgres.StartAsync();
        await Migrator.ApplyAsync(server.Connection());
        await using var journal = await PostgresJournal.OpenAsync(
            new() { ConnectionString = server.Connection() + ";Command Timeout=1" });
        await server.RequireMissingStandbyAsync();
        var draft = new ChainOf(1).Next();
        var batch = new JournalBatch(1, 1, BatchRoot.Compute(Hash256.Zero, 1, 1, [draft.Hash]), [draft]);

        await Assert.ThrowsAnyAsync<Exception>(() => journal.AppendBatchAsync(batch).AsTask());
        await Assert.ThrowsAnyAsync<Exception>(() => journal.ResolveBatchAsync(batch).AsTask());
        await Assert.ThrowsAnyAsync<Exception>(
            async () => await PostgresJournal.OpenAsync(new()
            {
                ConnectionString = server.Connection() + ";Command Timeout=1",
                Writer = 2,
            }));

        await PostgresCluster.RunAsync(
            server.Connection(), "ALTER SYSTEM RESET synchronous_standby_names");
        await PostgresCluster.RunAsync(server.Connection(), "SELECT pg_reload_conf()");
        Assert.Equal(1L, Assert.Single((await journal.ResolveBatchAsync(batch))!));
    }
}
