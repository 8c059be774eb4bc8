using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>What a silo sees of its database's promises and clock.</summary>
public sealed class DatabaseStateTests
{
    [PostgresFact]
    public async Task A_standby_is_seen_with_the_right_to_see_it_and_unknown_without()
    {
        await using var server = await OwnPostgres.StartAsync();
        await Migrator.ApplyAsync(server.Connection());
        await using var journal = await PostgresJournal.OpenAsync(
            new() { ConnectionString = server.Connection(), IsShared = true });
        var alone = await journal.StateAsync();
        Assert.Equal((true, "on", "", 0L), (alone.Fsync, alone.Commit, alone.StandbyNames, alone.Standbys));
        Assert.False(alone.WaitsForStandby);
        Assert.True(alone.Skew.Duration() < ClockSkew.Told);

        await server.AddSynchronousStandbyAsync();
        DatabaseState state;
        do
            state = await journal.StateAsync();
        while (state.Standbys != 1);
        Assert.True(state.WaitsForStandby);
        await server.SetStandbyAsync(running: false);
        do
            state = await journal.StateAsync();
        while (state.Standbys != 0);

        await server.SetStandbyAsync(running: true);
        await PostgresCluster.RunAsync(
            server.Connection(), "CREATE ROLE poor LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO poor");
        await using var poor = await PostgresJournal.OpenAsync(new()
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(server.Connection())
            {
                Username = "poor",
            }.ConnectionString,
            IsShared = true,
        });
        Assert.Null((await poor.StateAsync()).Standbys);
    }

    [PostgresFact]
    public async Task A_machine_whose_clock_is_far_off_writes_nothing_until_it_is_right_again()
    {
        var time = new ManualTime();
        time.Advance(TimeProvider.System.GetUtcNow() - time.GetUtcNow() + TimeSpan.FromSeconds(40));
        await using var journal = await PostgresJournal.OpenAsync(
            new() { ConnectionString = await PostgresCluster.CreateAsync(), Time = time });
        var draft = new ChainOf(1).Next();
        var batch = new JournalBatch(1, 1, BatchRoot.Compute(Hash256.Zero, 1, 1, [draft.Hash]), [draft]);
        var refused = await Assert.ThrowsAsync<JournalClockException>(
            () => journal.AppendBatchAsync(batch).AsTask());
        Assert.Contains("ahead of the database", refused.Message, StringComparison.Ordinal);
        Assert.Null(await journal.ResolveBatchAsync(batch));
        Assert.InRange((await journal.StateAsync()).Skew.TotalSeconds, 15, 40);
    }

    [Theory]
    [InlineData(10, 10, 10, 0)]
    [InlineData(10, 12, 15, 0)]
    [InlineData(10, 7, 11, 3)]
    [InlineData(10, 30, 11, -19)]
    public void A_slow_answer_is_no_wrong_clock(int before, int database, int after, int skew) =>
        Assert.Equal(
            TimeSpan.FromSeconds(skew), ClockSkew.Between(At(before), At(database), At(after)));

    private static DateTimeOffset At(int second) => ChainOf.Noon.AddSeconds(second);
}
