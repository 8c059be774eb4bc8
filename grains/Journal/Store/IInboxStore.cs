namespace MallVip.Grains.Journal;

/// <summary>
/// Events that were taken and wait to be delivered, in the order in which they came, and for a while how
/// those were refused that no entry tells of. Where several processes share a store, each sees the rows that
/// are its own to deliver, and no row is seen by two of them.
/// </summary>
public interface IInboxStore
{
    /// <summary>Writes rows durably behind all others, in their order, all or none. Called by one writer, one
    /// batch at a time. After a failure some batch may be there all the same: its rows are then delivered
    /// like any other.</summary>
    ValueTask PutInboxAsync(IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default);

    /// <summary>The rows that wait behind a place, in their order, at most so many.</summary>
    /// <param name="after">0: from the first.</param>
    ValueTask<IReadOnlyList<InboxRow>> ReadInboxAsync(
        long after, int max, CancellationToken cancel = default);

    /// <summary>How many rows wait.</summary>
    ValueTask<long> CountInboxAsync(CancellationToken cancel = default);

    /// <summary>Takes rows out and notes the refusals among them, durably, in one transaction. A row that is
    /// not there any more is passed over; a newer refusal of the same key replaces the older one.</summary>
    ValueTask SettleInboxAsync(IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default);

    /// <summary>What is known here of an event.</summary>
    ValueTask<InboxTrace> FindInboxAsync(EventKey key, CancellationToken cancel = default);

    /// <summary>Puts what processes that are gone have left behind this one's own rows.</summary>
    /// <returns>How many rows.</returns>
    ValueTask<int> AdoptInboxAsync(CancellationToken cancel = default) => new(0);

    /// <summary>Forgets refusals that were noted before an instant.</summary>
    ValueTask ForgetRefusalsAsync(DateTimeOffset before, CancellationToken cancel = default);
}
