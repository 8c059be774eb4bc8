using MallVip.Grains.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.Grains.Tests.Journal;

public sealed class SqliteRecoveryTests : IDisposable
{
    private const string Index = "index.db";
    private readonly TempFolder _folder = new();
    private readonly List<ChainOf> _chains = [.. Enumerable.Range(1, 50).Select(i => new ChainOf((ulong)i))];

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Damages =>
        ["deleted", "emptied", "cut", "overwritten header", "overwritten middle", "foreign file"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task An_index_that_is_gone_or_damaged_is_made_again_from_the_journal(string damage)
    {
        await WriteAsync(rounds: 3, indexed: true);
        Damage(damage);
        await using var journal = SqliteJournal.Open(_folder.Path);
        Assert.NotNull(journal.IndexReplacedBecause);
        await AssertWholeAsync(journal, rounds: 3);
    }

    [Fact]
    public async Task An_index_that_is_behind_reads_the_tail_again()
    {
        await WriteAsync(rounds: 2, indexed: true);
        var old = _folder.File("old");
        File.Copy(_folder.File(Index), old);
        await WriteAsync(rounds: 2, indexed: true);
        File.Copy(old, _folder.File(Index), overwrite: true);
        await using var journal = SqliteJournal.Open(_folder.Path);
        Assert.Null(journal.IndexReplacedBecause);
        await AssertWholeAsync(journal, rounds: 4);
    }

    [Fact]
    public async Task An_index_ahead_of_its_journal_is_not_believed()
    {
        await WriteAsync(rounds: 1, indexed: true);
        var old = _folder.File("old");
        File.Copy(_folder.File("journal.db"), old);
        var heads = _chains.Select(c => (c.Seq, c.Hash)).ToList();
        await WriteAsync(rounds: 1, indexed: true);
        File.Copy(old, _folder.File("journal.db"), overwrite: true);
        for (var i = 0; i < _chains.Count; i++)
            _chains[i].Reload(heads[i].Seq, heads[i].Hash);
        await using var journal = SqliteJournal.Open(_folder.Path);
        Assert.Equal("it is ahead of its journal", journal.IndexReplacedBecause);
        await AssertWholeAsync(journal, rounds: 1);
    }

    [Fact]
    public async Task The_index_of_another_journal_is_not_believed()
    {
        using var other = new TempFolder();
        await using (var foreign = SqliteJournal.Open(other.Path))
            await foreign.AppendAsync(new ChainOf(99).Next());
        await WriteAsync(rounds: 1, indexed: true);
        File.Copy(other.File(Index), _folder.File(Index), overwrite: true);
        await using var journal = SqliteJournal.Open(_folder.Path);
        Assert.Equal("it belongs to another journal", journal.IndexReplacedBecause);
        await AssertWholeAsync(journal, rounds: 1);
    }

    [Fact]
    public async Task Whatever_a_killed_process_left_in_the_WAL_is_there_again()
    {
        using var copy = new TempFolder();
        await using (var live = SqliteJournal.Open(_folder.Path))
        {
            for (var round = 0; round < 2; round++)
                await live.AppendAsync(_chains.Select(c => c.Next(key: $"{c.Grain.Id}/{c.Seq}")).ToArray());
            // What a SIGKILL leaves: the files as they are, the WAL full, nothing closed.
            foreach (var file in Directory.GetFiles(_folder.Path, "*.db*"))
                File.Copy(file, copy.File(Path.GetFileName(file)));
        }

        Assert.True(new FileInfo(copy.File("journal.db-wal")).Length > 0);
        await using var reopened = SqliteJournal.Open(copy.Path);
        await AssertWholeAsync(reopened, rounds: 2);
    }

    [Fact]
    public async Task A_torn_end_of_the_WAL_loses_whole_batches_only()
    {
        using var copy = new TempFolder();
        await using (var live = SqliteJournal.Open(_folder.Path))
        {
            for (var round = 0; round < 5; round++)
                await live.AppendAsync(_chains.Select(c => c.Next()).ToArray());
            File.Copy(_folder.File("journal.db"), copy.File("journal.db"));
            File.Copy(_folder.File("journal.db-wal"), copy.File("journal.db-wal"));
        }

        using (var wal = File.OpenWrite(copy.File("journal.db-wal")))
            wal.SetLength(wal.Length - 5_000);
        await using var reopened = SqliteJournal.Open(copy.Path);
        Assert.Equal(0, reopened.Commits.Pos % _chains.Count);
        Assert.InRange(reopened.Commits.Pos, 1, 4 * _chains.Count);
        Assert.True((await JournalAudit.RunAsync(reopened)).IsClean);
    }

    [Fact]
    public async Task A_foreign_file_in_the_journals_place_is_named_and_not_touched()
    {
        await File.WriteAllTextAsync(_folder.File("journal.db"), new string('x', 5_000));
        Assert.Throws<JournalDamagedException>(() => SqliteJournal.Open(_folder.Path));
        Assert.Equal(5_000, new FileInfo(_folder.File("journal.db")).Length);
    }

    [Fact]
    public async Task A_journal_of_a_newer_build_is_refused_with_a_clear_sentence()
    {
        await using (var journal = SqliteJournal.Open(_folder.Path))
            await journal.SetMetaAsync("schema", "3");
        var refused = Assert.Throws<JournalTooNewException>(() => SqliteJournal.Open(_folder.Path));
        Assert.Equal(
            "The journal has schema 3; this build knows schemas up to 2. Use a newer build.",
            refused.Message);
        Assert.Throws<JournalTooNewException>(() => SqliteJournalReader.Open(_folder.Path));
    }

    [Fact]
    public async Task Head_checkpoints_are_written_while_it_runs()
    {
        var options = new SqliteJournalOptions { HeadCheckpointEntries = 60 };
        using var copy = new TempFolder();
        await using (var live = SqliteJournal.Open(_folder.Path, options))
        {
            await live.AppendAsync(_chains.Select(c => c.Next()).ToArray());
            await live.MaintainAsync();
            Assert.Equal(0, live.ReadIndex(HeadRows));
            await live.AppendAsync(_chains.Select(c => c.Next()).ToArray());
            await live.MaintainAsync();
            Assert.Equal(256, live.ReadIndex(HeadRows));
        }

        await using var reopened = SqliteJournal.Open(_folder.Path);
        Assert.Equal(50, reopened.Grains);
        Assert.True(reopened.TryGetHead(_chains[7].Grain, out var head));
        Assert.Equal(2, head.Seq);
    }

    [Fact]
    public async Task A_page_of_heads_that_was_changed_is_not_believed()
    {
        await WriteAsync(rounds: 2, indexed: true);
        using (var index = new SqliteConnection($"Data Source={_folder.File(Index)};Pooling=False"))
        {
            index.Open();
            using var command = index.CreateCommand();
            command.CommandText = "UPDATE head SET page = zeroblob(length(page)) WHERE length(page) > 8";
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        await using var journal = SqliteJournal.Open(_folder.Path);
        Assert.NotNull(journal.IndexReplacedBecause);
        await AssertWholeAsync(journal, rounds: 2);
    }

    [Fact]
    public async Task A_log_that_has_outgrown_its_size_is_emptied()
    {
        var options = new SqliteJournalOptions { MaxWalBytes = 10_000 };
        await using var journal = SqliteJournal.Open(_folder.Path, options);
        await journal.AppendAsync(_chains.Select(c => c.Next(new string('x', 1_000))).ToArray());
        Assert.True(new FileInfo(_folder.File("journal.db-wal")).Length > 10_000);
        await journal.MaintainAsync();
        Assert.Equal(0, new FileInfo(_folder.File("journal.db-wal")).Length);
    }

    [Fact]
    public async Task The_log_stays_small_while_the_journal_is_written_without_a_pause()
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        var log = new FileInfo(_folder.File("journal.db-wal"));
        var (written, longest) = (0L, 0L);
        for (var round = 0; round < 60; round++)
        {
            await journal.AppendAsync(_chains.Select(c => c.Next(new string('x', 60_000))).ToArray());
            written += _chains.Count * 60_000L;
            log.Refresh();
            longest = Math.Max(longest, log.Length);
        }

        Assert.True(written > 170_000_000);
        Assert.InRange(longest, 1_000_000, 110_000_000);
    }

    private static long HeadRows(SqliteConnection index)
    {
        using var command = index.CreateCommand();
        command.CommandText = "SELECT count(*) FROM head";
        return (long)command.ExecuteScalar()!;
    }

    private async Task WriteAsync(int rounds, bool indexed)
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        await using var keys = await OpenKeysAsync(journal);
        for (var round = 0; round < rounds; round++)
            await journal.AppendAsync(_chains.Select(c => c.Next(key: $"{c.Grain.Id}/{c.Seq}")).ToArray());
        if (indexed)
            await keys.FlushAsync();
    }

    private void Damage(string damage)
    {
        var path = _folder.File(Index);
        switch (damage)
        {
            case "deleted":
                File.Delete(path);
                return;
            case "foreign file":
                File.WriteAllText(path, new string('x', 9_000));
                return;
            default:
                using (var file = File.OpenWrite(path))
                {
                    if (damage == "overwritten header")
                        file.Write(new byte[100]);
                    else if (damage == "overwritten middle")
                        Overwrite(file, from: 8_192);
                    else
                        file.SetLength(damage == "cut" ? 9_000 : 0);
                }

                return;
        }
    }

    private static void Overwrite(FileStream file, int from)
    {
        file.Position = from;
        file.Write(Enumerable.Repeat((byte)0xa5, (int)file.Length - from).ToArray());
    }

    private async Task AssertWholeAsync(SqliteJournal journal, int rounds)
    {
        await using var keys = await OpenKeysAsync(journal);
        foreach (var chain in _chains)
        {
            Assert.Equal(chain.Hash, (await journal.HeadAsync(chain.Grain)).Hash);
            Assert.Equal(rounds, (await journal.ReadAsync(chain.Grain)).Count);
        }

        for (var round = 0; round < rounds; round++)
        {
            var key = EventKey.ForEvent("test", $"{_chains[3].Grain.Id}/{round}");
            Assert.Equal(KeyClaimKind.Written, (await keys.FindAsync(key)).Kind);
        }

        await journal.AppendAsync(_chains.Select(c => c.Next()).ToArray());
        Assert.True((await JournalAudit.RunAsync(journal)).IsClean);
    }

    private static ValueTask<KeyIndex> OpenKeysAsync(SqliteJournal journal) =>
        KeyIndex.OpenAsync(journal, null, TimeProvider.System, NullLogger.Instance);
}
