using System.Text;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public sealed class SqliteSharingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static async Task<(long, Hash256)> HeadAsync(SqliteJournalReader reader, GrainKey grain)
    {
        var head = await reader.HeadAsync(grain);
        return (head.Seq, head.Hash);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_opening_is_refused_while_the_first_lives_and_granted_after_it()
    {
        await using (var first = SqliteJournal.Open(_folder.Path))
        {
            var refused = Assert.Throws<JournalLockedException>(() => SqliteJournal.Open(_folder.Path));
            Assert.Contains("journal.lock", refused.Message, StringComparison.Ordinal);
            await first.AppendAsync(new ChainOf(1).Next());
        }

        await using var second = SqliteJournal.Open(_folder.Path);
        Assert.Equal(1, second.Commits.Pos);
    }

    [Fact]
    public async Task A_reader_sees_whole_batches_while_the_writer_runs_and_does_not_hold_it_up()
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        var chains = Enumerable.Range(1, 10).Select(i => new ChainOf((ulong)i)).ToList();
        await journal.AppendAsync(chains.Select(c => c.Next()).ToArray());
        await using var reader = SqliteJournalReader.Open(_folder.Path);
        for (var round = 0; round < 20; round++)
        {
            await journal.AppendAsync(chains.Select(c => c.Next()).ToArray());
            var report = await JournalAudit.RunAsync(reader);
            Assert.True(report.IsClean);
            Assert.Equal(10 * (round + 2), report.Entries);
        }

        Assert.Equal(chains[4].Hash, (await reader.HeadAsync(chains[4].Grain)).Hash);
        Assert.Equal(21, (await reader.ReadAsync(chains[4].Grain)).Count);
    }

    [Fact]
    public async Task A_reader_opens_what_a_killed_process_left()
    {
        using var copy = new TempFolder();
        await using (var live = SqliteJournal.Open(_folder.Path))
        {
            await live.AppendAsync(new ChainOf(1).Next());
            File.Copy(_folder.File("journal.db"), copy.File("journal.db"));
            File.Copy(_folder.File("journal.db-wal"), copy.File("journal.db-wal"));
        }

        await using var reader = SqliteJournalReader.Open(copy.Path);
        Assert.Equal(1, (await JournalAudit.RunAsync(reader)).Entries);
    }

    [Theory]
    [InlineData("saved")]
    [InlineData("behind")]
    [InlineData("missing")]
    [InlineData("damaged")]
    [InlineData("another journal's")]
    public async Task A_reader_finds_heads_by_the_silos_index_and_the_tail_whatever_the_index_is_worth(
        string index)
    {
        var chains = Enumerable.Range(1, 300).Select(i => new ChainOf((ulong)i)).ToList();
        await using (var before = SqliteJournal.Open(_folder.Path))
        {
            foreach (var chain in chains)
                await before.AppendAsync(chain.Next(), chain.Next());
        }

        var path = _folder.File("index.db");
        if (index is "missing" or "another journal's")
            File.Delete(path);
        if (index == "damaged")
            File.WriteAllBytes(path, [..
                File.ReadAllBytes(path).Select((b, i) => i < 9_000 ? b : (byte)(b ^ 255))]);
        if (index == "another journal's")
        {
            using var other = new TempFolder();
            await using (var journal = SqliteJournal.Open(other.Path))
                await journal.AppendAsync(new ChainOf(7).Next());
            File.Copy(other.File("index.db"), path);
        }

        await using var reader = SqliteJournalReader.Open(_folder.Path);
        if (index == "behind")
        {
            await using var silo = SqliteJournal.Open(_folder.Path);
            Assert.Equal(2, (await reader.HeadAsync(chains[7].Grain)).Seq);
            await silo.AppendAsync(chains[7].Next());
            Assert.Equal(chains[7].Hash, (await reader.HeadAsync(chains[7].Grain)).Hash);
        }

        foreach (var chain in chains)
        {
            Assert.Equal((chain.Seq, chain.Hash), await HeadAsync(reader, chain.Grain));
            Assert.Equal(chain.Seq, (await reader.ReadAsync(chain.Grain)).Count);
        }

        Assert.Equal(JournalHead.Empty, await reader.HeadAsync(new ChainOf(999).Grain));
    }

    [Fact]
    public void A_folder_without_a_journal_is_said_to_have_none() =>
        Assert.Throws<FileNotFoundException>(() => SqliteJournalReader.Open(_folder.Path));

    [Fact]
    public async Task Erased_personal_data_is_in_no_file_any_more()
    {
        const string Phone = "+8613800138000-unmistakable";
        await using (var journal = SqliteJournal.Open(_folder.Path))
        {
            await journal.AppendAsync(new ChainOf(1).Next(persons: [new PersonRow(10, 1, "phone", Phone)]));
            Assert.True(AnyFileHolds(Phone));
            await journal.DeletePersonsOfAsync(1);
            Assert.False(AnyFileHolds(Phone));
        }

        Assert.False(AnyFileHolds(Phone));
    }

    private bool AnyFileHolds(string text) => Directory.GetFiles(_folder.Path, "journal.db*").Any(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    });

    [Fact]
    public async Task A_key_is_found_while_the_runs_that_hold_it_are_merged()
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        var reader = new ReaderId("keys", CheckpointHome.Index);
        await journal.LeaseCheckpointAsync(reader, "one", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        var known = new Known();
        var finders = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () => FindAllAgainAndAgainAsync(journal, known),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray(
                );
        for (var at = 0; at < 400; at++)
        {
            await journal.AddKeysAsync(
                [new KeyAt(Key(at), at + 1)],
                new CheckpointMove(
                    reader, 1, TailPosition.At(at), TailPosition.At(at + 1), DateTimeOffset.MaxValue));
            known.Count = at + 1;
            await journal.MaintainAsync();
        }

        known.IsComplete = true;
        await Task.WhenAll(finders);
    }

    /// <summary>Looks for every key whose adding has returned; a missing chunk throws.</summary>
    private static async Task FindAllAgainAndAgainAsync(SqliteJournal journal, Known known)
    {
        while (!known.IsComplete)
        {
            var count = known.Count;
            for (var at = 0; at < count; at++)
                Assert.Equal(at + 1, await journal.FindKeyAsync(Key(at)));
        }
    }

    private static EventKey Key(int at) => EventKey.ForEvent("merged", $"{at}");

    private sealed class Known
    {
        private volatile int _count;
        private volatile bool _isComplete;

        public int Count { get => _count; set => _count = value; }

        public bool IsComplete { get => _isComplete; set => _isComplete = value; }
    }
}
