using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

public sealed class PostgresLossTests
{
    private static readonly DateTimeOffset Noon = ChainOf.Noon;

    [PostgresFact]
    public async Task A_batch_whose_connection_was_lost_is_told_absent_and_written_again()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        var (grain, other) = (new ChainOf(1), new ChainOf(2));
        await journal.AppendAsync(grain.Next());
        var batch = Batch(2, (await journal.WriterStateAsync()).Root, grain.Next(), other.Next());
        await store.CutAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => journal.AppendBatchAsync(batch).AsTask());
        Assert.Null(await journal.ResolveBatchAsync(batch));

        var places = await journal.AppendBatchAsync(batch);
        Assert.Equal(places, await journal.ResolveBatchAsync(batch));
        Assert.Equal(0, (await JournalAudit.RunAsync(journal)).ProblemCount);
    }

    [PostgresFact]
    public async Task Keys_of_entries_that_a_restored_database_has_lost_are_not_added_to_its_index()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        var lease = await journal.LeaseCheckpointAsync(KeyIndexOptions.Reader, "one", Noon, Noon.AddDays(1));
        await journal.AppendAsync(new ChainOf(1).Next(key: "lost"));
        var page = await journal.TailKeysAsync(TailPosition.Start, 10);
        await store.RunAsync("DELETE FROM journal; UPDATE journal_epoch SET epoch = epoch + 1");

        var move = new CheckpointMove(
            KeyIndexOptions.Reader, lease!.Epoch, TailPosition.Start, page.Next, Noon.AddDays(1));
        await Assert.ThrowsAsync<JournalReplacedException>(
            async () => await journal.AddKeysAsync(page.Keys, move));

        Assert.True(journal.Replaced.IsCompleted);
        await journal.DisposeAsync();
        await using var next = await store.OpenAsync();
        Assert.Equal(0, await next.FindKeyAsync(EventKey.ForEvent("test", "lost")));
    }

    [PostgresFact]
    public async Task A_batch_that_was_committed_before_the_connection_was_lost_is_told_with_its_places()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        var batch = Batch(1, Hash256.Zero, new ChainOf(1).Next(), new ChainOf(2).Next());
        var places = await journal.AppendBatchAsync(batch);
        await store.CutAsync();
        for (var tries = 0; ; tries++)
        {
            try
            {
                Assert.Equal(places, await journal.ResolveBatchAsync(batch));
                return;
            }
            catch (NpgsqlException) when (tries < 3)
            {
                // The lost connection is noticed by its first use.
            }
        }
    }

    [PostgresFact]
    public async Task A_batch_that_is_given_up_under_way_never_arrives()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        var chain = new ChainOf(1);
        await journal.AppendAsync(chain.Next(due: DueChange.Earlier(Noon)));
        var holder = await store.HoldDueRowsAsync();
        using var cancel = new CancellationTokenSource();
        var batch = Batch(
            2, (await journal.WriterStateAsync()).Root, chain.Next(due: DueChange.Exactly(Noon)));
        var append = journal.AppendBatchAsync(batch, cancel.Token).AsTask();
        await PostgresStore.UntilBlockedAsync(holder);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        Assert.Null(await journal.ResolveBatchAsync(batch));

        await new NpgsqlCommand("ROLLBACK", holder).ExecuteNonQueryAsync();
        Assert.Single(await journal.ReadAsync(chain.Grain));
        Assert.Equal(2, (await journal.AppendBatchAsync(batch)).Length + 1);
    }

    [PostgresFact]
    public async Task A_journal_whose_epoch_was_raised_takes_nothing_from_those_who_know_the_old_one()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        var chain = new ChainOf(1);
        await journal.AppendAsync(chain.Next());
        await store.RunAsync("UPDATE journal_epoch SET epoch = epoch + 1");
        var refused = await Assert.ThrowsAsync<JournalReplacedException>(
            () => journal.AppendAsync(chain.Next()));
        Assert.Contains("epoch is 2", refused.Message, StringComparison.Ordinal);
        Assert.Single(await journal.ReadAsync(chain.Grain));
    }

    [PostgresFact]
    public async Task A_database_that_lost_what_was_committed_takes_nothing_more()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        var chain = new ChainOf(1);
        await journal.AppendAsync(chain.Next());
        var second = Batch(2, (await journal.WriterStateAsync()).Root, chain.Next());
        await journal.AppendBatchAsync(second);
        await store.RunAsync("DELETE FROM journal WHERE batch = 2; DELETE FROM batch_root WHERE batch = 2");
        await store.CutAsync();
        var third = Batch(3, second.Root, chain.Next());
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => journal.AppendBatchAsync(third).AsTask());
        await Assert.ThrowsAsync<JournalReplacedException>(() => journal.AppendBatchAsync(third).AsTask());
    }

    [PostgresFact]
    public async Task A_database_that_turns_read_only_is_seen_and_so_is_its_return()
    {
        await using var store = await PostgresStore.CreateAsync();
        var name = new NpgsqlConnectionStringBuilder(store.Connection).Database;
        var journal = await store.OpenAsync();
        var chain = new ChainOf(1);
        await journal.AppendAsync(chain.Next());
        await journal.CheckAsync();
        await store.RunAsync($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        await store.CutAsync();
        var batch = Batch(2, (await journal.LastRootsAsync())[0].Root, chain.Next());

        await Assert.ThrowsAnyAsync<Exception>(() => journal.AppendBatchAsync(batch).AsTask());
        var refused = await Assert.ThrowsAsync<JournalUnreachableException>(
            () => journal.AppendBatchAsync(batch).AsTask());
        Assert.Contains("takes no writes", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalUnreachableException>(() => journal.CheckAsync().AsTask());

        await PostgresCluster.RunAsync(
            store.Connection + ";Options=-c default_transaction_read_only=off",
            $"ALTER DATABASE {name} SET default_transaction_read_only = off");
        await store.CutAsync();
        Assert.Null(await journal.ResolveBatchAsync(batch));
        await journal.AppendBatchAsync(batch);
        await journal.CheckAsync();
    }

    private static JournalBatch Batch(long number, Hash256 previous, params EntryDraft[] drafts) => new(
        1, number,
        BatchRoot.Compute(previous, 1, number, drafts.Select(draft => draft.Hash).ToArray()), drafts);
}
