using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.Grains.Tests.Journal;

public sealed class JournalWriterTests
{
    [Fact]
    public async Task Five_hundred_parallel_appends_to_one_grain_take_few_commits_and_keep_their_order()
    {
        var store = new FaultyJournal(new MemoryJournal());
        await using var writer = await JournalWriter.OpenAsync(store, null, TimeProvider.System);
        var chain = new ChainOf(1);
        store.Hold();
        var appends = Enumerable.Range(0, 500)
            .Select(i => writer.Append(chain.Next($"{i}")).AsTask()).ToList();
        store.Release();
        var places = await Task.WhenAll(appends);

        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), places.Select(p => p.Pos));
        Assert.InRange(store.Tried.Count, 1, 3);
        Assert.Equal(500, (await store.ReadAsync(chain.Grain)).Count);
        Assert.Equal(500, writer.CommittedPos);
        Assert.Equal(500, writer.Stats.Entries);
    }

    [Fact]
    public async Task A_failed_batch_fails_what_was_decided_on_top_of_it_and_nothing_else()
    {
        var store = new FaultyJournal(new MemoryJournal());
        await using var writer = await JournalWriter.OpenAsync(store, null, TimeProvider.System);
        var (broken, sound) = (new ChainOf(1), new ChainOf(2));
        store.Hold();
        store.FailBefore();
        var first = writer.Append(broken.Next()).AsTask();
        await store.Begun.WaitAsync();
        var onTop = writer.Append(broken.Next()).AsTask();
        var other = writer.Append(sound.Next()).AsTask();
        store.Release();

        Assert.Equal(AppendFailure.StoreFailed, (await Failure(first)).Reason);
        Assert.Equal(AppendFailure.PredecessorFailed, (await Failure(onTop)).Reason);
        Assert.Equal(1, (await other).Pos);

        var stale = await Failure(writer.Append(broken.Next()).AsTask());
        Assert.Equal((AppendFailure.OutOfOrder, true), (stale.Reason, stale.IsRetriable));
        broken.Reload(0, Hash256.Zero);
        Assert.Equal(2, (await writer.Append(broken.Next())).Pos);
    }

    [Fact]
    public async Task Whoever_waits_for_what_was_taken_so_far_does_not_wait_for_what_comes_later()
    {
        var store = new FaultyJournal(new MemoryJournal());
        await using var writer = await JournalWriter.OpenAsync(
            store, new JournalWriterOptions { MaxBatchEntries = 2 }, TimeProvider.System);
        var chain = new ChainOf(1);
        store.Hold();
        var first = writer.Append(chain.Next()).AsTask();
        await store.Begun.WaitAsync();
        var second = writer.Append(chain.Next()).AsTask();
        var settled = writer.SettledAsync();
        var third = writer.Append(chain.Next()).AsTask();
        Assert.False(settled.IsCompleted);
        store.Release();

        await settled.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(writer.CommittedPos >= 2);
        await Task.WhenAll(first, second, third);
        await writer.SettledAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_failed_is_settled_too()
    {
        var store = new FaultyJournal(new MemoryJournal());
        await using var writer = await JournalWriter.OpenAsync(store, null, TimeProvider.System);
        store.Hold();
        store.FailBefore();
        var failing = writer.Append(new ChainOf(1).Next()).AsTask();
        var settled = writer.SettledAsync();
        store.Release();

        await settled.WaitAsync(TimeSpan.FromSeconds(30));
        await Failure(failing);
    }

    [Fact]
    public async Task A_commit_that_failed_late_but_is_there_is_a_success()
    {
        var store = new FaultyJournal(new MemoryJournal());
        await using var writer = await JournalWriter.OpenAsync(store, null, TimeProvider.System);
        store.FailAfter();
        var chain = new ChainOf(1);
        Assert.Equal(1, (await writer.Append(chain.Next())).Pos);
        Assert.Equal(2, (await writer.Append(chain.Next())).Pos);
        Assert.True((await JournalAudit.RunAsync(store)).IsClean);
    }

    [Fact]
    public async Task While_an_outcome_is_unknown_nothing_is_written_and_the_key_stays_taken()
    {
        var store = new FaultyJournal(new MemoryJournal());
        await using var keys = await KeyIndex.OpenAsync(
            store, null, TimeProvider.System, NullLogger.Instance);
        var options = new JournalWriterOptions { ResolveInterval = TimeSpan.FromMilliseconds(1) };
        await using var writer = await JournalWriter.OpenAsync(store, options, TimeProvider.System, keys);
        var chain = new ChainOf(1);
        var draft = chain.Next(key: "e-1");
        await keys.ReserveAsync(draft.Key);
        store.FailAfter(untellable: 3);

        Assert.Equal(AppendFailure.OutcomeUnknown, (await Failure(writer.Append(draft).AsTask())).Reason);
        var repeat = await keys.ReserveAsync(draft.Key);
        var pos = repeat.Kind == KeyClaimKind.InFlight ? await repeat.Fate! : repeat.Pos;
        Assert.Equal(1, pos);
        Assert.Equal(KeyClaimKind.Written, (await keys.ReserveAsync(draft.Key)).Kind);
        Assert.Equal(2, (await writer.Append(chain.Next())).Pos);
    }

    [Fact]
    public async Task A_gap_a_repeat_and_a_foreign_hash_are_refused_at_the_door()
    {
        var store = new MemoryJournal();
        await using var writer = await JournalWriter.OpenAsync(store, null, TimeProvider.System);
        var chain = new ChainOf(1);
        var first = chain.Next();
        _ = chain.Next();
        Assert.Equal(AppendFailure.OutOfOrder, (await Failure(writer.Append(chain.Next()).AsTask())).Reason);
        await writer.Append(first);
        Assert.Equal(AppendFailure.OutOfOrder, (await Failure(writer.Append(first).AsTask())).Reason);

        var faulty = new FaultyJournal(store);
        await using var held = await JournalWriter.OpenAsync(faulty, null, TimeProvider.System);
        faulty.Hold();
        chain.Reload(1, first.Hash);
        var second = held.Append(chain.Next()).AsTask();
        chain.Reload(2, Hash256.Zero);
        Assert.Equal(AppendFailure.OutOfOrder, (await Failure(held.Append(chain.Next()).AsTask())).Reason);
        faulty.Release();
        Assert.Equal(2, (await second).Pos);
    }

    [Fact]
    public async Task Grains_that_the_store_knows_to_be_elsewhere_fail_and_the_rest_of_the_batch_is_written()
    {
        var store = new FaultyJournal(new MemoryJournal()) { HidesHeads = true };
        await using var writer = await JournalWriter.OpenAsync(store, null, TimeProvider.System);
        var (stale, fresh, blocker) = (new ChainOf(1), new ChainOf(2), new ChainOf(3));
        await writer.Append(stale.Next());
        stale.Reload(0, Hash256.Zero);
        store.Hold();
        var blocked = writer.Append(blocker.Next()).AsTask();
        await store.Begun.WaitAsync();
        var loses = writer.Append(stale.Next()).AsTask();
        var losesToo = writer.Append(stale.Next()).AsTask();
        var wins = writer.Append(fresh.Next()).AsTask();
        store.Release();

        await blocked;
        Assert.Equal(AppendFailure.OutOfOrder, (await Failure(loses)).Reason);
        Assert.Equal(AppendFailure.OutOfOrder, (await Failure(losesToo)).Reason);
        Assert.Equal(3, (await wins).Pos);
        Assert.True((await JournalAudit.RunAsync(store)).IsClean);
    }

    [Fact]
    public async Task A_full_queue_refuses_with_a_time_to_come_back_and_takes_nothing()
    {
        var store = new FaultyJournal(new MemoryJournal());
        var options = new JournalWriterOptions { MaxQueuedEntries = 2, MaxBatchEntries = 1 };
        await using var writer = await JournalWriter.OpenAsync(store, options, TimeProvider.System);
        store.Hold();
        var chain = new ChainOf(1);
        var taken = new List<Task<Appended>> { writer.Append(chain.Next()).AsTask() };
        await store.Begun.WaitAsync();
        taken.Add(writer.Append(chain.Next()).AsTask());
        taken.Add(writer.Append(chain.Next()).AsTask());
        var (seq, hash) = (chain.Seq, chain.Hash);
        var refused = Assert.Throws<JournalOverloadedException>(
            () => { _ = writer.Append(chain.Next()).AsTask(); });
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        store.Release();
        await Task.WhenAll(taken);
        chain.Reload(seq, hash);
        Assert.Equal(4, (await writer.Append(chain.Next())).Pos);
    }

    [Fact]
    public async Task Closing_writes_what_was_taken_and_takes_no_more()
    {
        var store = new FaultyJournal(new MemoryJournal());
        var writer = await JournalWriter.OpenAsync(store, null, TimeProvider.System);
        var chain = new ChainOf(1);
        store.Hold();
        var appends = Enumerable.Range(0, 100).Select(_ => writer.Append(chain.Next()).AsTask()).ToList();
        var closing = writer.DisposeAsync();
        Assert.Equal(AppendFailure.Closed, (await Failure(writer.Append(chain.Next()).AsTask())).Reason);
        store.Release();
        await closing;
        Assert.Equal(100, (await Task.WhenAll(appends)).Max(a => a.Pos));
    }

    [Fact]
    public async Task Roots_go_on_over_writers_and_batches_so_that_the_audit_is_clean()
    {
        var store = new MemoryJournal();
        var chains = Enumerable.Range(1, 20).Select(i => new ChainOf((ulong)i)).ToList();
        for (var round = 0; round < 3; round++)
        {
            var options = new JournalWriterOptions { MaxBatchEntries = 3 };
            await using var writer = await JournalWriter.OpenAsync(store, options, TimeProvider.System);
            await Task.WhenAll(chains.Select(c => writer.Append(c.Next()).AsTask()));
        }

        var report = await JournalAudit.RunAsync(store);
        Assert.True(report.IsClean);
        Assert.Equal((60L, 20L), (report.Entries, report.Grains));
        Assert.True(report.Batches >= 20);
    }

    private static Task<AppendFailedException> Failure(Task<Appended> append) =>
        Assert.ThrowsAsync<AppendFailedException>(() => append);
}
