using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal.Postgres;

public sealed class PostgresFenceTests
{
    [PostgresFact]
    public async Task What_another_writer_wrote_first_is_refused_and_costs_nobody_else_an_entry()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (paused, other) = await store.OpenTwoAsync();
        await using var writer = await JournalWriter.OpenAsync(paused, null, TimeProvider.System);
        var (lost, kept) = (new ChainOf(1), new ChainOf(2));
        await writer.Append(lost.Next("mine"));
        await writer.Append(kept.Next("mine"));
        var (seq, hash) = (lost.Seq, lost.Hash);
        var theirs = lost.Next("theirs");
        await other.AppendAsync(theirs);
        lost.Reload(seq, hash);

        var refused = writer.Append(lost.Next("too late")).AsTask();
        var written = writer.Append(kept.Next("in time")).AsTask();

        var failure = await Assert.ThrowsAsync<AppendFailedException>(() => refused);
        Assert.Equal((AppendFailure.OutOfOrder, lost.Grain), (failure.Reason, failure.Grain));
        await written;
        Assert.Equal(theirs.Hash, (await paused.HeadAsync(lost.Grain)).Hash);
        Assert.True((await JournalAudit.RunAsync(paused)).ProblemCount == 0);
    }

    [PostgresFact]
    public async Task A_conflict_names_exactly_the_grains_that_lost()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (mine, theirs) = await store.OpenTwoAsync();
        var chains = Enumerable.Range(1, 50).Select(i => new ChainOf((ulong)i)).ToList();
        await mine.AppendAsync([.. chains.Select(chain => chain.Next())]);
        var heads = chains.Select(chain => (chain.Seq, chain.Hash)).ToList();
        await theirs.AppendAsync([.. chains.Take(3).Select(chain => chain.Next("theirs"))]);
        for (var i = 0; i < chains.Count; i++)
            chains[i].Reload(heads[i].Seq, heads[i].Hash);

        var refused = await Assert.ThrowsAsync<JournalConflictException>(
            () => mine.AppendAsync([.. chains.Select(chain => chain.Next("mine"))]));

        Assert.Equal(chains.Take(3).Select(chain => chain.Grain), refused.Grains.Order());
    }

    [PostgresFact]
    public async Task An_entry_that_chains_to_another_history_of_the_same_length_is_refused()
    {
        await using var store = await PostgresStore.CreateAsync();
        var chain = new ChainOf(1);
        await (await store.OpenAsync(isShared: true)).AppendAsync(chain.Next());
        chain.Reload(1, Hash256.Read(new byte[32].Select((_, i) => (byte)i).ToArray()));
        var other = await store.OpenAsync(isShared: true);
        await Assert.ThrowsAsync<JournalConflictException>(() => other.AppendAsync(chain.Next()));
    }

    [PostgresFact]
    public async Task A_journal_that_is_not_shared_has_one_writer()
    {
        await using var store = await PostgresStore.CreateAsync();
        await using (await PostgresJournal.OpenAsync(new() { ConnectionString = store.Connection }))
        {
            var refused = await Assert.ThrowsAsync<JournalLockedException>(() => store.OpenAsync());
            Assert.Contains("database 'test", refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<JournalLockedException>(() => store.OpenAsync(isShared: true));
        }

        await store.OpenAsync();
    }
}
