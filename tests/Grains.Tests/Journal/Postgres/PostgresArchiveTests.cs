using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

public sealed class PostgresArchiveTests
{
    /// <summary>Longer than other tests on the server keep a transaction open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [PostgresFact]
    public async Task What_was_archived_is_read_as_before_wherever_it_is_asked_for()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync(believed: TimeSpan.Zero);
        var chains = Enumerable.Range(1, 9).Select(i => new ChainOf((ulong)i)).ToList();
        for (var round = 0; round < 4; round++)
            await journal.AppendAsync([.. chains.Select(c => c.Next(key: $"{c.Grain.Id}-{c.Seq}"))]);
        var before = await AllAsync(journal);

        await ArchiveAllAsync(store, journal);
        Assert.Equal(0, await store.CountAsync("ONLY journal"));
        Assert.Equal(36, await store.CountAsync("journal_archive"));

        Assert.Equal(before, await AllAsync(journal));
        foreach (var chain in chains)
        {
            Assert.Equal([2L, 3, 4], (await journal.ReadAsync(chain.Grain, 1)).Select(entry => entry.Seq));
            var head = await journal.HeadAsync(chain.Grain);
            Assert.Equal((4, chain.Hash), (head.Seq, head.Hash));
            Assert.Equal(4, (await journal.KeysOfAsync(chain.Grain, TailPosition.Start)).Count);
        }

        Assert.Equal(2, (await journal.ReadAtAsync(10))!.Seq);
        Assert.Equal(9, (await GrainsAsync(journal)).Count);
        Assert.Equal(0, (await JournalAudit.RunAsync(journal)).ProblemCount);
    }

    [PostgresFact]
    public async Task A_grain_whose_entries_are_all_archived_is_still_fenced()
    {
        await using var store = await PostgresStore.CreateAsync();
        var stale = await store.OpenAsync(isShared: true, believed: TimeSpan.Zero);
        var other = await store.OpenAsync(isShared: true, believed: TimeSpan.Zero);
        var chain = new ChainOf(1);
        await stale.AppendAsync(chain.Next());
        var (seq, hash) = (chain.Seq, chain.Hash);
        await other.AppendAsync(chain.Next("theirs"));
        await ArchiveAllAsync(store, other);

        chain.Reload(seq, hash);
        var refused = await Assert.ThrowsAsync<JournalConflictException>(
            () => stale.AppendAsync(chain.Next("too late")));

        Assert.Equal([chain.Grain], refused.Grains);
        Assert.Equal(2, (await stale.ReadAsync(chain.Grain)).Count);
    }

    [PostgresFact]
    public async Task What_is_remembered_is_asked_again_when_the_databases_clock_has_moved_on()
    {
        var believed = TimeSpan.FromMilliseconds(300);
        await using var store = await PostgresStore.CreateAsync();
        var stale = await store.OpenAsync(isShared: true, believed: believed);
        var other = await store.OpenAsync(isShared: true, believed: TimeSpan.Zero);
        var chain = new ChainOf(1);
        await stale.AppendAsync(chain.Next());
        var (seq, hash) = (chain.Seq, chain.Hash);
        await other.AppendAsync(chain.Next("theirs"));
        await ArchiveAllAsync(store, other);
        await store.RunAsync("SELECT pg_sleep(0.3)");

        chain.Reload(seq, hash);
        await Assert.ThrowsAsync<JournalConflictException>(() => stale.AppendAsync(chain.Next("too late")));
        await stale.AppendAsync(new ChainOf(2).Next());
    }

    [PostgresFact]
    public async Task Nothing_leaves_the_key_before_it_is_old_enough_by_the_databases_clock()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        await journal.AppendAsync(new ChainOf(1).Next(), new ChainOf(2).Next());
        await SettledAsync(store);
        Assert.Equal(0, await journal.ArchiveAsync(TimeSpan.FromHours(24), 10));

        await store.AgeAsync("23:59:00");
        Assert.Equal(0, await journal.ArchiveAsync(TimeSpan.FromHours(24), 10));

        await store.AgeAsync("00:01:00");
        await journal.AppendAsync(new ChainOf(3).Next());
        await UntilAsync(async () => await journal.ArchiveAsync(TimeSpan.FromHours(24), 10) == 2);
        Assert.Equal(1, await store.CountAsync("ONLY journal"));
    }

    [PostgresFact]
    public async Task While_a_writer_that_may_believe_an_old_place_is_under_way_nothing_newer_is_archived()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        await journal.AppendAsync(new ChainOf(1).Next());
        await SettledAsync(store);
        await journal.ArchiveAsync(TimeSpan.FromHours(24), 10);
        await using var open = new NpgsqlConnection(store.Connection + ";Pooling=false");
        await open.OpenAsync();
        await using (var begin = new NpgsqlCommand("BEGIN; SELECT pg_current_xact_id()", open))
            await begin.ExecuteNonQueryAsync();

        // A day passes; marks are made in it, all of them after the open transaction began.
        await store.AgeAsync("24:00:00");
        await journal.ArchiveAsync(TimeSpan.FromHours(24), 10);
        Assert.Equal(1, await store.CountAsync("ONLY journal"));

        await open.CloseAsync();
        await UntilAsync(async () => await journal.ArchiveAsync(TimeSpan.FromHours(24), 10) == 1);
    }

    [PostgresFact]
    public async Task One_silo_at_a_time_moves_and_another_leaves_it_to_it()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync(believed: TimeSpan.Zero);
        await using var other = new NpgsqlConnection(store.Connection + ";Pooling=false");
        await other.OpenAsync();
        await using var begin = new NpgsqlCommand("BEGIN; SELECT journal_archive_move('0', '0', 1)", other);
        await begin.ExecuteNonQueryAsync();
        Assert.Null(await journal.ArchiveAsync(TimeSpan.Zero, 1));
    }

    [PostgresFact]
    public async Task A_reader_sees_each_entry_once_while_it_is_being_moved()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync(believed: TimeSpan.Zero);
        var chain = new ChainOf(1);
        await journal.AppendAsync([.. Enumerable.Range(0, 300).Select(_ => chain.Next())]);
        var moving = MoveAllAsync();
        while (!moving.IsCompleted)
        {
            Assert.Equal(300, (await journal.ReadAsync(chain.Grain)).Count);
            Assert.Equal(300, (await journal.TailAsync(TailPosition.Start, 1_000)).Entries.Count);
        }

        await moving;
        Assert.Equal(300, await store.CountAsync("journal_archive"));

        async Task MoveAllAsync()
        {
            for (var moved = 0; moved < 300;)
                moved += await journal.ArchiveAsync(TimeSpan.Zero, 5) ?? 0;
        }
    }

    /// <summary>A mark covers what was settled when it was made; transactions elsewhere on the server may be
    /// older than the entries.</summary>
    private static Task SettledAsync(PostgresStore store) => UntilAsync(async () => await store.CountAsync(
        "journal WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())") == 0);

    // Transactions elsewhere on the server hold the archive up for a moment.
    private static Task ArchiveAllAsync(PostgresStore store, PostgresJournal journal) =>
        UntilAsync(async () =>
        {
            await journal.ArchiveAsync(TimeSpan.Zero, 100);
            return await store.CountAsync("ONLY journal") == 0;
        });

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "It never came about.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private static async Task<List<(long Pos, long PrevPos, Hash256 Hash)>> AllAsync(PostgresJournal journal)
    {
        var all = new List<(long, long, Hash256)>();
        var at = TailPosition.Start;
        while (await journal.TailAsync(at, 5) is { Entries.Count: > 0 } page)
        {
            all.AddRange(page.Entries.Select(entry => (entry.Pos, entry.PrevPos, entry.Hash)));
            at = page.Next;
        }

        return all;
    }

    private static async Task<HashSet<GrainKey>> GrainsAsync(PostgresJournal journal)
    {
        var grains = new HashSet<GrainKey>();
        for (var share = 0; share < IJournal.Shares; share++)
            grains.UnionWith(await journal.GrainsAsync(share));
        return grains;
    }
}
