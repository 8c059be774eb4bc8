using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>A journal arrives in PostgreSQL as it was in the folder, or is not served.</summary>
public sealed class JournalMoveTests
{
    private static readonly GrainKey First = new(GrainKind.Identity, 1);

    [PostgresFact]
    public async Task Every_table_arrives_as_it_was_and_the_journal_goes_on_behind_it()
    {
        using var folder = await MovableFolder.CreateAsync();
        var database = await PostgresCluster.CreateAsync();
        await using (var move = await OpenAsync(folder, database))
        {
            await move.CopyAsync(_ => { });
            foreach (var table in await move.CompareAsync(_ => { }))
            {
                Assert.Equal(table.Folder, table.Database);
                Assert.NotEqual(0, table.Folder.Rows);
            }

            await move.ReleaseAsync("the database", ChainOf.Noon);
        }

        await using var journal = await PostgresJournal.OpenAsync(new() { ConnectionString = database });
        Assert.Equal("+86\0138中", (await journal.GetPersonAsync(10))!.Value);
        Assert.Equal(ChainOf.Noon.AddDays(1), await journal.NextDueAsync());
        Assert.Equal([1, 2], (await journal.LoadRulesAsync("v1"))!.Body.ToArray());
        Assert.Equal("v1", await journal.GetMetaAsync("settled-for"));
        Assert.Equal([2L, 3], (await journal.ReadInboxAsync(0, 10)).Select(row => row.Pos));
        Assert.NotNull((await journal.FindInboxAsync(EventKey.ForEvent("test", "e-3"))).Refusal);
        var outbox = (await journal.GetCheckpointAsync(MovableFolder.Outbox))!;
        Assert.Equal(TailPosition.At(3), outbox.Position);
        var (seq, _, hash) = await journal.HeadAsync(First);
        var chain = new ChainOf(1, GrainKind.Identity);
        chain.Reload(seq, hash);
        Assert.Equal(6L, Assert.Single(await journal.AppendAsync(chain.Next("{}", "e-9"))));
        var old = await journal.TailAsync(outbox.Position, 10);
        Assert.Equal([4L, 5], old.Entries.Select(entry => entry.Pos).Take(2));
        var fresh = await journal.TailAsync(TailPosition.At(5), 10);
        Assert.Equal(6L, Assert.Single(fresh.Entries).Pos);
        Assert.True((await JournalAudit.RunAsync(journal)).IsClean);
    }

    [PostgresFact]
    public async Task A_move_that_was_interrupted_goes_on_and_nobody_is_served_the_half()
    {
        using var folder = await MovableFolder.CreateAsync(identities: 160);
        var database = await PostgresCluster.CreateAsync();
        using var stop = new CancellationTokenSource();
        await using (var move = await OpenAsync(folder, database))
        {
            var copied = 0L;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => move.CopyAsync(
                rows =>
                {
                    if ((copied += rows) > 0)
                        stop.Cancel();
                },
                stop.Token));
            Assert.InRange(copied, 1, move.Rows - 1);
            Assert.True(move.HasBegun);
        }

        await Assert.ThrowsAsync<JournalHalfMovedException>(
            async () => await PostgresJournal.OpenAsync(new() { ConnectionString = database }));
        await Assert.ThrowsAsync<JournalHalfMovedException>(
            async () => await PostgresJournalReader.OpenAsync(new() { ConnectionString = database }));
        await (await WriteAsync(folder)).DisposeAsync();
        await MoveAsync(folder, database);
        await using var journal = await PostgresJournal.OpenAsync(new() { ConnectionString = database });
        var report = await JournalAudit.RunAsync(journal);
        Assert.Equal((0, 166), (report.ProblemCount, report.Entries));
    }

    [PostgresFact]
    public async Task Whatever_is_changed_on_the_way_is_seen()
    {
        using var folder = await MovableFolder.CreateAsync();
        string[] changes =
        [
            "UPDATE journal SET actor = 'other' WHERE pos = 2", "DELETE FROM batch_root WHERE batch = 2",
            "UPDATE person SET value = 'x'", "UPDATE due SET claimed_until = 1",
            "UPDATE meta SET value = 'v2'",
            "UPDATE inbox SET at = at + 1 WHERE pos = 2", "UPDATE checkpoint SET owner = ''",
            "UPDATE rules_version SET body = ''", "UPDATE journal SET content_hash = NULL",
        ];
        foreach (var change in changes)
        {
            var database = await PostgresCluster.CreateAsync();
            await using var move = await OpenAsync(folder, database);
            await move.CopyAsync(_ => { });
            await PostgresCluster.RunAsync(database, change);
            var differs = (await move.CompareAsync(_ => { })).Where(table => table.Folder != table.Database);
            Assert.Contains(Assert.Single(differs).Table, change, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task What_is_not_empty_in_use_or_keyed_otherwise_is_refused_before_anything_is_written()
    {
        using var folder = await MovableFolder.CreateAsync();
        var database = await PostgresCluster.CreateAsync();
        await Assert.ThrowsAsync<ServerKeyException>(
            () => JournalMove.OpenAsync(folder.Path, database, ServerKey.FromBytes(new byte[32])));
        await using (SqliteJournal.Open(folder.Path))
            await Assert.ThrowsAsync<JournalLockedException>(() => OpenAsync(folder, database));
        await using (var silo = await PostgresJournal.OpenAsync(new() { ConnectionString = database }))
            await Assert.ThrowsAsync<JournalLockedException>(() => OpenAsync(folder, database));
        var bare = await PostgresCluster.CreateAsync(migrated: false);
        await Assert.ThrowsAsync<JournalSchemaException>(() => OpenAsync(folder, bare));
        using var nothing = new TempFolder();
        await Assert.ThrowsAsync<FileNotFoundException>(
            () => JournalMove.OpenAsync(nothing.Path, database, MovableFolder.Key));
        Assert.Empty(Directory.GetFiles(nothing.Path));

        await using (var silo = await PostgresJournal.OpenAsync(new() { ConnectionString = database }))
            await silo.AppendAsync(new ChainOf(1).Next());
        await using var move = await OpenAsync(folder, database);
        var refused = await Assert.ThrowsAsync<MoveRefusedException>(() => move.CopyAsync(_ => { }));
        Assert.Contains("not empty", refused.Message, StringComparison.Ordinal);
        Assert.False(move.HasBegun);
    }

    [PostgresFact]
    public async Task The_half_of_one_folder_is_not_completed_from_another()
    {
        using var folder = await MovableFolder.CreateAsync();
        using var other = await MovableFolder.CreateAsync();
        var database = await PostgresCluster.CreateAsync();
        await using (var half = await OpenAsync(folder, database))
            await half.CopyAsync(_ => { });
        await using var move = await OpenAsync(other, database);
        var refused = await Assert.ThrowsAsync<MoveRefusedException>(() => move.CopyAsync(_ => { }));
        Assert.Contains("another data folder", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_folder_that_was_moved_is_read_and_no_more_written_and_the_epoch_has_risen()
    {
        using var folder = await MovableFolder.CreateAsync();
        var database = await PostgresCluster.CreateAsync();
        await MoveAsync(folder, database);
        var moved = await Assert.ThrowsAsync<JournalMovedException>(() => WriteAsync(folder));
        Assert.Contains("the database", moved.Message, StringComparison.Ordinal);
        await using var reader = SqliteJournalReader.Open(folder.Path);
        Assert.True((await JournalAudit.RunAsync(reader)).IsClean);
        await using var open = new NpgsqlConnection(database);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT epoch FROM journal_epoch", open);
        Assert.Equal(3L, await command.ExecuteScalarAsync());
    }

    /// <summary>Writes a further entry into the folder.</summary>
    private static async Task<SqliteJournal> WriteAsync(MovableFolder folder)
    {
        var journal = SqliteJournal.Open(folder.Path);
        await journal.AppendAsync(new ChainOf(3, GrainKind.Identity).Next());
        return journal;
    }

    private static async Task MoveAsync(MovableFolder folder, string database)
    {
        await using var move = await OpenAsync(folder, database);
        await move.CopyAsync(_ => { });
        Assert.All(await move.CompareAsync(_ => { }), table => Assert.Equal(table.Folder, table.Database));
        await move.ReleaseAsync("the database", ChainOf.Noon);
    }

    private static Task<JournalMove> OpenAsync(MovableFolder folder, string database) =>
        JournalMove.OpenAsync(folder.Path, database, MovableFolder.Key);
}
