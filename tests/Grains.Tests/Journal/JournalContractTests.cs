using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

/// <summary>What every store promises. A store runs it by a subclass that opens one.</summary>
public abstract partial class JournalContractTests : IAsyncLifetime
{
    private protected IJournal Journal { get; private set; } = null!;

    public async Task InitializeAsync() => Journal = await OpenAsync();

    public async Task DisposeAsync() => await Journal.DisposeAsync();

    protected abstract ValueTask<IJournal> OpenAsync();

    [ContractFact]
    public async Task Who_follows_from_the_end_on_sees_what_comes_and_nothing_else()
    {
        var chain = new ChainOf(1);
        await Journal.AppendAsync(chain.Next(), chain.Next());

        // What a transaction elsewhere keeps from being settled is still to come.
        TailPosition end;
        do
            end = await Journal.EndAsync();
        while ((await Journal.TailAsync(end, 10)).Entries.Count > 0);
        var waits = Journal.Commits.WaitForAsync(end.Pos + 1);
        Assert.False(waits.IsCompleted);
        await Journal.AppendAsync(chain.Next());

        await waits.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal([3L], (await Journal.TailAsync(end, 10)).Entries.Select(entry => entry.Seq));
    }

    [ContractFact]
    public async Task What_is_appended_is_read_back_column_by_column()
    {
        var chain = new ChainOf(1);
        var receipt = EventKey.ForReceipt("store-1", "r-1");
        var draft = chain.Next("""{"paid":"12.30"}""", "e-1", extra: [receipt]);
        var places = await Journal.AppendAsync(draft);

        var entry = Assert.Single(await Journal.ReadAsync(chain.Grain));
        Assert.Equal(places[0], entry.Pos);
        Assert.Equal(0, entry.PrevPos);
        Assert.Equal((1, 1L), (entry.Writer, entry.Batch));
        Assert.Equal((draft.Grain, 1L, draft.Kind), (entry.Grain, entry.Seq, entry.Kind));
        Assert.Equal(draft.At, entry.At);
        Assert.Equal((draft.Key, draft.ContentHash), (entry.Key, entry.ContentHash));
        Assert.Equal([receipt], entry.ExtraKeys);
        Assert.Equal(("till-7", "v1"), (entry.Actor, entry.RulesVersion));
        Assert.Equal((Hash256.Zero, draft.Hash), (entry.PrevHash, entry.Hash));
        Assert.Equal(draft.Body.ToArray(), entry.Body.ToArray());
        Assert.Equal(EntryHash.Compute(entry), entry.Hash);
    }

    [ContractFact]
    public async Task A_grain_is_read_oldest_first_and_from_any_seq()
    {
        var (one, two) = (new ChainOf(1), new ChainOf(2));
        await Journal.AppendAsync(one.Next("a"), two.Next("x"), one.Next("b"));
        await Journal.AppendAsync(two.Next("y"), one.Next("c"));

        Assert.Equal([1L, 2, 3], (await Journal.ReadAsync(one.Grain)).Select(e => e.Seq));
        Assert.Equal([3L], (await Journal.ReadAsync(one.Grain, afterSeq: 2)).Select(e => e.Seq));
        Assert.Empty(await Journal.ReadAsync(one.Grain, afterSeq: 3));
        Assert.Empty(await Journal.ReadAsync(new GrainKey(GrainKind.Identity, 1)));
    }

    [ContractFact]
    public async Task What_a_grain_has_decided_is_read_as_its_entries_say_it()
    {
        var (one, two) = (new ChainOf(1), new ChainOf(2));
        await Journal.AppendAsync(one.Next("a"), two.Next("x"), one.Next("b"));
        await Journal.AppendAsync(one.Next("c"));

        var entries = await Journal.ReadAsync(one.Grain);
        var decided = await Journal.ReadDecidedAsync(one.Grain, Said);

        Assert.Equal(3, decided.Count);
        Assert.Equal(
            entries.Select(e => (e.Pos, e.Seq, e.At, e.Actor, e.RulesVersion, Hex(e.Body.Span))), decided);
        Assert.Empty(await Journal.ReadDecidedAsync(new GrainKey(GrainKind.Identity, 1), Said));

        static (long, long, DateTimeOffset, string, string, string) Said(in DecidedRow row) =>
            (row.Pos, row.Seq, row.At, row.Actor, row.RulesVersion, Hex(row.Body));

        static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
    }

    [ContractFact]
    public async Task Each_entry_names_the_place_of_its_grains_previous_one_even_within_a_batch()
    {
        var (one, two) = (new ChainOf(1), new ChainOf(2));
        await Journal.AppendAsync(one.Next(), two.Next(), one.Next());
        var entries = await Journal.ReadAsync(one.Grain);
        Assert.Equal([0L, entries[0].Pos], entries.Select(e => e.PrevPos));
    }

    [ContractFact]
    public async Task The_head_of_a_grain_is_its_newest_entry()
    {
        var chain = new ChainOf(1);
        Assert.Equal(JournalHead.Empty, await Journal.HeadAsync(chain.Grain));
        var places = await Journal.AppendAsync(chain.Next(), chain.Next());
        Assert.Equal(new JournalHead(2, places[1], chain.Hash), await Journal.HeadAsync(chain.Grain));
        if (Journal.TryGetHead(chain.Grain, out var place))
            Assert.Equal(new HeadPlace(2, places[1]), place);
    }

    [ContractFact]
    public async Task A_batch_with_a_gap_a_repeat_or_a_wrong_order_is_refused_whole_and_names_the_grains()
    {
        var (good, gap) = (new ChainOf(1), new ChainOf(2));
        _ = gap.Next();
        var refused = await Assert.ThrowsAsync<JournalConflictException>(
            () => Journal.AppendAsync(good.Next(), gap.Next()));
        Assert.Equal([gap.Grain], refused.Grains);
        Assert.Equal(JournalHead.Empty, await Journal.HeadAsync(good.Grain));

        good.Reload(0, Hash256.Zero);
        await Journal.AppendAsync(good.Next());
        good.Reload(0, Hash256.Zero);
        await Assert.ThrowsAsync<JournalConflictException>(() => Journal.AppendAsync(good.Next()));
        Assert.Equal(1, Journal.Commits.Pos);
    }

    [ContractFact]
    public async Task The_tail_gives_everything_once_in_order_page_by_page()
    {
        var chains = Enumerable.Range(1, 7).Select(i => new ChainOf((ulong)i)).ToList();
        for (var round = 0; round < 3; round++)
            await Journal.AppendAsync(chains.Select(c => c.Next(key: $"{c.Grain.Id}-{c.Seq}")).ToArray());

        var seen = new List<long>();
        var position = TailPosition.Start;
        while (await Journal.TailAsync(position, 4) is { Entries.Count: > 0 } page)
        {
            Assert.True(page.Entries.Count <= 4);
            seen.AddRange(page.Entries.Select(e => e.Pos));
            position = page.Next;
        }

        var keys = new List<KeyAt>();
        var after = TailPosition.Start;
        while (await Journal.TailKeysAsync(after, 4) is { Keys.Count: > 0 } page)
        {
            Assert.True(page.Keys.Count <= 4);
            keys.AddRange(page.Keys);
            after = page.Next;
        }

        Assert.Equal(position, after);
        Assert.Equal(21, seen.Count);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(seen, keys.Select(k => k.Pos));
        Assert.Equal(position, (await Journal.TailAsync(position, 4)).Next);
    }

    [ContractFact]
    public async Task An_entry_is_found_by_its_place()
    {
        var chain = new ChainOf(1);
        var places = await Journal.AppendAsync(chain.Next("a"), chain.Next("b"));
        Assert.Equal(2, (await Journal.ReadAtAsync(places[1]))!.Seq);
        Assert.Null(await Journal.ReadAtAsync(places[1] + 1));
        Assert.Null(await Journal.ReadAtAsync(0));
    }

    [ContractFact]
    public async Task Commits_wake_who_waits_for_them()
    {
        var wait = Journal.Commits.WaitForAsync(2);
        var chain = new ChainOf(1);
        await Journal.AppendAsync(chain.Next());
        Assert.False(wait.IsCompleted);
        await Journal.AppendAsync(chain.Next());
        await wait;
        await Journal.Commits.WaitForAsync(1);
    }

    [ContractFact]
    public async Task The_writers_roots_are_kept_and_chained()
    {
        Assert.Equal(0, (await Journal.WriterStateAsync()).Batch);
        var chain = new ChainOf(1);
        var first = chain.Next();
        await Journal.AppendAsync(first);
        await Journal.AppendAsync(chain.Next());
        var roots = await Journal.BatchRootsAsync(1, 0, 10);
        Assert.Equal([1L, 2], roots.Select(r => r.Batch));
        Assert.Equal(BatchRoot.Compute(Hash256.Zero, 1, 1, [first.Hash]), roots[0].Root);
        Assert.Equal(roots[1], await Journal.WriterStateAsync());
        Assert.Equal([roots[1]], await Journal.LastRootsAsync());
        Assert.Equal([roots[1]], await Journal.BatchRootsAsync(1, 1, 10));
    }

    [ContractFact]
    public async Task A_batch_that_never_arrived_is_resolved_as_absent_and_one_that_did_with_its_places()
    {
        var chain = new ChainOf(1);
        var draft = chain.Next();
        var root = BatchRoot.Compute(Hash256.Zero, 1, 1, [draft.Hash]);
        var batch = new JournalBatch(1, 1, root, [draft]);
        Assert.Null(await Journal.ResolveBatchAsync(batch));
        var places = await Journal.AppendBatchAsync(batch);
        Assert.Equal(places, await Journal.ResolveBatchAsync(batch));
    }
}
