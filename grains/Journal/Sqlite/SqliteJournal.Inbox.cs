namespace MallVip.Grains.Journal;

public sealed partial class SqliteJournal
{
    private long _lastInbox;

    /// <summary>Places go on from the highest that this process has seen: a reader that has passed a place
    /// finds no new row before it.</summary>
    public ValueTask PutInboxAsync(IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default)
    {
        Write(file =>
        {
            foreach (var row in rows)
                InboxTable.Put(file, ++_lastInbox, row);
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<InboxRow>> ReadInboxAsync(
        long after, int max, CancellationToken cancel = default) =>
        new(JournalPool.Read(file => InboxTable.Read(file, after, max)));

    public ValueTask<long> CountInboxAsync(CancellationToken cancel = default) =>
        new(JournalPool.Read(InboxTable.Count));

    public ValueTask SettleInboxAsync(IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default)
    {
        Write(file =>
        {
            foreach (var end in ends)
                InboxTable.Settle(file, end);
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<InboxTrace> FindInboxAsync(EventKey key, CancellationToken cancel = default) =>
        new(JournalPool.Read(file => InboxTable.Find(file, key)));

    public ValueTask ForgetRefusalsAsync(DateTimeOffset before, CancellationToken cancel = default)
    {
        Write(file => InboxTable.Forget(file, before));
        return ValueTask.CompletedTask;
    }
}
