using System.Collections.Concurrent;
using MallVip.Grains.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.Grains.Tests.Journal;

public sealed class TailReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ChainOf _chain = new(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reader_follows_the_journal_and_goes_on_from_its_checkpoint()
    {
        var journal = new MemoryJournal();
        await journal.AppendAsync(_chain.Next(), _chain.Next(), _chain.Next());
        var first = new Listing(journal);
        first.Start();
        await first.Seen(3);
        await journal.AppendAsync(_chain.Next());
        await first.Seen(4);
        await first.DisposeAsync();

        await journal.AppendAsync(_chain.Next());
        await using var second = new Listing(journal);
        second.Start();
        await second.Seen(5);
        Assert.Equal([1L, 2, 3, 4], first.Places);
        Assert.Equal([5L], second.Places);
    }

    [Fact]
    public async Task A_page_that_fails_is_tried_again_and_never_skipped()
    {
        var journal = new MemoryJournal();
        await journal.AppendAsync(_chain.Next(), _chain.Next(), _chain.Next());
        await using var reader = new Listing(journal) { Failures = 2 };
        reader.Start();
        await reader.Seen(3);
        Assert.Equal([1L, 2, 3], reader.Places);
        Assert.Equal(0, reader.Failures);
    }

    [Fact]
    public async Task Output_and_checkpoint_in_one_transaction_take_effect_exactly_once()
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        journal.EnsureIndexTables(
            "CREATE TABLE IF NOT EXISTS total(id INTEGER PRIMARY KEY, entries INTEGER)");
        await journal.AppendAsync(Enumerable.Range(0, 10).Select(_ => _chain.Next()).ToArray());
        await using (var reader = new Totals(journal) { FailuresAfterWrite = 2 })
        {
            reader.Start();
            await reader.Done.Task;
        }

        Assert.Equal(10, journal.ReadIndex(Total));
    }

    [Fact]
    public async Task A_reader_that_lost_its_lease_writes_nothing()
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        journal.EnsureIndexTables(
            "CREATE TABLE IF NOT EXISTS total(id INTEGER PRIMARY KEY, entries INTEGER)");
        var reader = new ReaderId("totals", CheckpointHome.Index);
        var now = ChainOf.Noon;
        await journal.LeaseCheckpointAsync(reader, "one", now, now.AddMinutes(1));
        await journal.LeaseCheckpointAsync(reader, "two", now.AddMinutes(2), now.AddMinutes(3));
        var written = await journal.WriteIndexAsync(
            Totals.AddTo(7), new CheckpointMove(reader, 1, TailPosition.Start, TailPosition.At(7), now));
        Assert.False(written);
        Assert.Equal(0, journal.ReadIndex(Total));
    }

    private static long Total(SqliteConnection index)
    {
        using var command = index.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(entries), 0) FROM total";
        return (long)command.ExecuteScalar()!;
    }

    private sealed class Listing(IJournal journal) : TailReader(
        journal, Options("list", 2), TimeProvider.System, NullLogger.Instance)
    {
        private readonly CommitSignal _seen = new();

        public ConcurrentQueue<long> Places { get; } = [];

        public int Failures { get; set; }

        public Task Seen(long pos) => _seen.WaitForAsync(pos).WaitAsync(TimeSpan.FromSeconds(30));

        protected override ValueTask HandleAsync(TailPage page, CancellationToken cancel)
        {
            if (Failures > 0 && page.Entries[0].Pos > 1)
            {
                Failures--;
                throw new IOException("The page failed.");
            }

            foreach (var entry in page.Entries)
                Places.Enqueue(entry.Pos);
            return ValueTask.CompletedTask;
        }

        protected override async ValueTask<bool> CommitAsync(
            TailPage page, CheckpointMove move, CancellationToken cancel)
        {
            var moved = await base.CommitAsync(page, move, cancel);
            _seen.Advance(move.Next.Pos);
            return moved;
        }
    }

    private sealed class Totals(SqliteJournal journal) : TailReader(
        journal, Options("totals", 3), TimeProvider.System, NullLogger.Instance)
    {
        public TaskCompletionSource Done { get; } = new();

        public int FailuresAfterWrite { get; set; }

        public static Action<SqliteConnection> AddTo(int entries) => index =>
        {
            using var command = index.CreateCommand();
            command.CommandText = "INSERT INTO total(entries) VALUES($n)";
            command.Parameters.AddWithValue("$n", entries);
            command.ExecuteNonQuery();
        };

        protected override async ValueTask<bool> CommitAsync(
            TailPage page, CheckpointMove move, CancellationToken cancel)
        {
            var add = AddTo(page.Entries.Count);
            var moved = await journal.WriteIndexAsync(index =>
            {
                add(index);
                if (FailuresAfterWrite-- > 0)
                    throw new IOException("Failed after the write, before the commit.");
            }, move);
            if (moved && move.Next.Pos == 10)
                Done.SetResult();
            return moved;
        }
    }

    private static TailReaderOptions Options(string name, int page) => new()
    {
        Id = new ReaderId(name, CheckpointHome.Index),
        MaxEntries = page,
        RetryAfter = TimeSpan.FromMilliseconds(1),
    };
}
