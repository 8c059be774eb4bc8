using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public sealed class WrittenKeysTests
{
    private readonly ChainOf _chain = new(1);
    private readonly WrittenKeys _written = new(most: 8);

    [Fact]
    public void What_was_written_is_handed_out_once_in_pages_of_whole_entries_of_one_batch()
    {
        Write(transaction: 7, 11, 12, 13);
        Write(transaction: 9, 14, 15);
        var before = new TailPosition(1, 6, 10);

        Assert.True(_written.TryTake(before with { Transaction = 7 }, 2, out var first));
        Assert.True(_written.TryTake(first.Next, 2, out var second));
        Assert.True(_written.TryTake(second.Next, 2, out var third));

        Assert.Equal([11, 11, 12, 12], Places(first));
        Assert.Equal(new TailPosition(1, 7, 12), first.Next);
        Assert.Equal([13, 13], Places(second));
        Assert.Equal(new TailPosition(1, 7, 13), second.Next);
        Assert.Equal([14, 14, 15, 15], Places(third));
        Assert.False(_written.TryTake(third.Next, 9, out _));
        Assert.False(_written.TryTake(first.Next, 9, out _));
    }

    [Fact]
    public void Who_stands_before_what_was_written_here_reads_the_journal()
    {
        Write(transaction: 7, 11);
        Assert.False(_written.TryTake(TailPosition.Start, 9, out _));
        Assert.False(_written.TryTake(new TailPosition(1, 5, 10), 9, out _));
        Assert.True(_written.TryTake(new TailPosition(1, 7, 10), 9, out _));
    }

    [Fact]
    public void Who_stands_within_a_batch_gets_its_rest_and_who_stands_behind_several_the_next()
    {
        Write(transaction: 7, 11, 12);
        Write(transaction: 8, 13, 14);
        Write(transaction: 9, 15);
        Assert.True(_written.TryTake(new TailPosition(1, 8, 13), 9, out var page));
        Assert.Equal([14, 14], Places(page));
        Assert.True(_written.TryTake(page.Next, 9, out var next));
        Assert.Equal([15, 15], Places(next));
        Assert.False(_written.TryTake(new TailPosition(1, 7, 11), 9, out _));
    }

    [Fact]
    public void Of_too_many_the_oldest_go_and_who_needs_them_reads_the_journal()
    {
        Write(transaction: 7, 11, 12, 13, 14);
        Write(transaction: 8, 15, 16, 17, 18);
        Write(transaction: 9, 19);
        Assert.False(_written.TryTake(new TailPosition(1, 7, 10), 9, out _));
        Assert.True(_written.TryTake(new TailPosition(1, 7, 14), 9, out var page));
        Assert.Equal(15, page.Keys[0].Pos);
    }

    [Fact]
    public void Behind_what_another_way_has_written_nothing_is_known()
    {
        Write(transaction: 7, 11);
        _written.Clear();
        Assert.False(_written.TryTake(new TailPosition(1, 7, 11), 9, out _));
        Write(transaction: 9, 14);
        Assert.False(_written.TryTake(new TailPosition(1, 7, 11), 9, out _));
        Assert.True(_written.TryTake(new TailPosition(1, 9, 13), 9, out _));
    }

    [Fact]
    public void Entries_without_keys_move_the_position()
    {
        _written.Add(Batch(_chain.Next(), _chain.Next()), [1, 2], TailPosition.At(2));
        Assert.True(_written.TryTake(TailPosition.Start, 9, out var page));
        Assert.Empty(page.Keys);
        Assert.Equal(TailPosition.At(2), page.Next);
    }

    private static IEnumerable<long> Places(KeyPage page) => page.Keys.Select(key => key.Pos);

    /// <summary>Entries with two keys each.</summary>
    private void Write(long transaction, params long[] places) => _written.Add(
        Batch([.. places.Select(
            pos => _chain.Next(key: $"{pos}", extra: [EventKey.ForReceipt("shop", $"{pos}")]))]),
        places, new TailPosition(1, transaction, places[^1]));

    private static JournalBatch Batch(params EntryDraft[] drafts) => new(1, 1, Hash256.Zero, drafts);
}
