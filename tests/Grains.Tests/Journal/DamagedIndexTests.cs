using MallVip.Grains.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.Grains.Tests.Journal;

/// <summary>Damage of <c>index.db</c> that shows while the silo runs.</summary>
public sealed class DamagedIndexTests : IDisposable
{
    private const int Entries = 2_000;
    private readonly TempFolder _folder = new();
    private readonly ChainOf _chain = new(1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("noise")]
    [InlineData("changed chunks")]
    [InlineData("lost chunks")]
    public async Task No_key_is_said_to_be_unknown_and_the_index_is_made_anew(string damage)
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        await using var keys = await FillAsync(journal);
        Damage(damage);
        await AppendAsync(journal, "later");

        await UntilFoundAsync(keys);

        for (var i = 1; i <= Entries; i++)
        {
            var found = await keys.FindAsync(Key($"{i}"));
            Assert.Equal((KeyClaimKind.Written, (long)i), (found.Kind, found.Pos));
        }

        Assert.Equal(KeyClaimKind.None, (await keys.FindAsync(Key("unknown"))).Kind);
        Assert.Equal(KeyClaimKind.Written, (await keys.FindAsync(Key("later"))).Kind);
        Assert.Null(keys.Trouble);
    }

    [Fact]
    public async Task A_snapshot_that_was_changed_is_none()
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        await journal.SaveSnapshotsAsync([new Snapshot(_chain.Grain, 1, 1, new byte[] { 1, 2, 3 })]);
        Assert.NotNull(await journal.LoadSnapshotAsync(_chain.Grain, 1));
        Execute("UPDATE snapshot SET state = zeroblob(length(state))");

        Assert.Null(await journal.LoadSnapshotAsync(_chain.Grain, 1));
        await journal.SaveSnapshotsAsync([new Snapshot(_chain.Grain, 2, 1, new byte[] { 4 })]);

        Assert.Equal(2, (await journal.LoadSnapshotAsync(_chain.Grain, 1))!.Seq);
    }

    [Fact]
    public async Task A_silo_that_stops_with_a_damaged_index_starts_again_with_all_keys()
    {
        await using (var journal = SqliteJournal.Open(_folder.Path))
        {
            await using var keys = await FillAsync(journal);
            Damage("noise");
            Assert.Null(await journal.LoadSnapshotAsync(_chain.Grain, 1));
        }

        await using var reopened = SqliteJournal.Open(_folder.Path);
        await using var found = await KeyIndex.OpenAsync(
            reopened, null, TimeProvider.System, NullLogger.Instance);
        Assert.Equal(7, (await found.FindAsync(Key("7"))).Pos);
        Assert.Equal(Entries, (await reopened.HeadAsync(_chain.Grain)).Seq);
    }

    private async Task<KeyIndex> FillAsync(SqliteJournal journal)
    {
        var keys = await KeyIndex.OpenAsync(
            journal, new KeyIndexOptions { FlushEntries = 256 }, TimeProvider.System, NullLogger.Instance);
        for (var i = 1; i <= Entries; i += 100)
            await journal.AppendAsync([.. Enumerable.Range(i, 100).Select(n => _chain.Next(key: $"{n}"))]);
        await keys.FlushAsync();
        keys.Start();
        return keys;
    }

    private async Task AppendAsync(SqliteJournal journal, string key) =>
        await journal.AppendAsync(_chain.Next(key: key));

    /// <summary>Asks for what stands in the damaged part until it is found. It never is unknown.</summary>
    private static async Task UntilFoundAsync(KeyIndex keys)
    {
        var started = TimeProvider.System.GetTimestamp();
        var refused = 0;
        for (var next = 1; next <= Entries;)
        {
            try
            {
                Assert.Equal(KeyClaimKind.Written, (await keys.FindAsync(Key($"{next}"))).Kind);
                next++;
            }
            catch (IndexRebuildingException)
            {
                refused++;
                Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60));
                await Task.Yield();
            }
        }

        Assert.NotEqual(0, refused);
    }

    private void Damage(string damage)
    {
        switch (damage)
        {
            case "noise":
                Execute("PRAGMA wal_checkpoint(TRUNCATE)");
                using (var file = File.Open(_folder.File("index.db"), FileMode.Open, FileAccess.Write,
                    FileShare.ReadWrite))
                {
                    var noise = new byte[file.Length - 8_192];
                    new Random(1).NextBytes(noise);
                    file.Position = 8_192;
                    file.Write(noise);
                }

                break;
            case "changed chunks":
                Execute(
                    "UPDATE dedupe "
                    + "SET keys = CAST(substr(keys, 1, 100) || x'FF' || substr(keys, 102) AS BLOB)");
                break;
            default:
                Execute("DELETE FROM dedupe");
                break;
        }
    }

    private void Execute(string sql)
    {
        using var index = new SqliteConnection($"Data Source={_folder.File("index.db")};Pooling=False");
        index.Open();
        using var command = index.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static EventKey Key(string id) => EventKey.ForEvent("test", id);
}
