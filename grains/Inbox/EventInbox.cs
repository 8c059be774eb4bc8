using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Inbox;

/// <summary>
/// The way into the inbox: an event is answered when its row is durable, many rows to a commit. Memory holds
/// only what is on its way; what waits, waits in the store. Thread-safe.
/// </summary>
public sealed partial class EventInbox : IAsyncDisposable
{
    private const int MostInBatch = 2_048;

    private readonly IJournal _store;
    private readonly InboxSeal _seal;
    private readonly ILogger _log;
    private readonly Gathering<IntakeItem> _unwritten;
    private TaskCompletionSource _arrival = NewSignal();
    private long _unwrittenBytes;
    private long _waiting;

    private EventInbox(IJournal store, ServerKey key, InboxOptions options, long waiting, ILogger log)
    {
        (_store, Options, _waiting, _log) = (store, options, waiting, log);
        _seal = new(key);
        _unwritten = new(WriteAsync, MostInBatch);
    }

    public InboxOptions Options { get; }

    /// <summary>Events that wait in the store or are on their way into it.</summary>
    public long Waiting => Math.Max(0, Interlocked.Read(ref _waiting));

    /// <summary>Whether other silos have inboxes in the same store.</summary>
    internal bool IsShared => _store.IsShared;

    /// <summary>Ends when rows have been written after it was asked for.</summary>
    internal Task Arrival => Volatile.Read(ref _arrival).Task;

    /// <summary>Opens the inbox of a store; nothing is delivered yet.</summary>
    /// <param name="store">It is not disposed of with the inbox.</param>
    /// <param name="key">What events are sealed under while they wait.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <param name="log">Where failures of the store go.</param>
    public static async ValueTask<EventInbox> OpenAsync(
        IJournal store, ServerKey key, InboxOptions? options, ILogger log) =>
        new(store, key, options ?? new(), await store.CountInboxAsync(), log);

    /// <summary>Whether an event of a size may wait: what is under way is bounded in number.</summary>
    internal bool MayWait(int bytes) => bytes <= Options.MaxEventBytes;

    /// <summary>The row of an event that has been read and may wait.</summary>
    internal InboxDraft DraftOf(
        IncomingEvent incoming, ReadOnlySpan<byte> cloudEvent, string actor, DateTimeOffset arrived) =>
        new(incoming.Key, arrived, actor, incoming.RulesVersion, _seal.Seal(incoming.Key, cloudEvent));

    /// <summary>The event of a row, as it was sent.</summary>
    /// <exception cref="JournalDamagedException">It cannot be unsealed.</exception>
    internal byte[] Open(InboxDraft row) => _seal.Open(row.Key, row.Body.Span);

    /// <summary>
    /// Queues an item with an <see cref="IntakeItem.Draft"/>, in the order of the calls. It is answered when
    /// its row is durable, or refused: the inbox is full, or the store failed.
    /// </summary>
    internal void Put(IntakeItem item)
    {
        var waiting = Interlocked.Increment(ref _waiting);
        var bytes = Interlocked.Add(ref _unwrittenBytes, item.Draft!.Body.Length);
        if (waiting <= Options.MaxWaiting && bytes <= Options.MaxUnwrittenBytes)
        {
            _unwritten.Add(item);
            return;
        }

        Interlocked.Add(ref _unwrittenBytes, -item.Draft.Body.Length);
        Left(1);
        item.Complete(new EventAnswer { Status = EventStatus.Rejected, Refusal = Refusals.InboxFull });
    }

    /// <summary>Takes over what waits with processes that are gone.</summary>
    internal async ValueTask AdoptAsync(CancellationToken cancellation)
    {
        if (await _store.AdoptInboxAsync(cancellation) is not (var rows and > 0))
            return;
        Interlocked.Add(ref _waiting, rows);
        Adopted(_log, rows);
    }

    /// <summary>Rows were taken out.</summary>
    internal void Left(int rows) => Interlocked.Add(ref _waiting, -rows);

    /// <summary>Writes what is on its way. Nothing may be put any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _unwritten.IdleAsync();
        _seal.Dispose();
    }

    private async Task WriteAsync(IReadOnlyList<IntakeItem> items)
    {
        var answer = new EventAnswer { Status = EventStatus.Queued };
        try
        {
            await _store.PutInboxAsync([.. items.Select(item => item.Draft!)]);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            NotWritten(_log, items.Count, failure);
            Left(items.Count);
            answer = new() { Status = EventStatus.Rejected, Refusal = Refusals.NotNow };
        }

        Interlocked.Add(ref _unwrittenBytes, -items.Sum(item => (long)item.Draft!.Body.Length));
        // A failed write may have happened all the same: the delivery looks either way.
        Interlocked.Exchange(ref _arrival, NewSignal()).SetResult();
        foreach (var item in items)
            item.Complete(answer);
    }

    private static TaskCompletionSource NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(2, LogLevel.Information, "{Count} events of a silo that is gone are delivered here")]
    private static partial void Adopted(ILogger log, int count);

    [LoggerMessage(1, LogLevel.Error, "{Count} events could not be written into the inbox")]
    private static partial void NotWritten(ILogger log, int count, Exception failure);
}
