namespace MallVip.Grains.Journal;

/// <summary>
/// Group commit: many grains' entries in one durable transaction. A batch closes when the previous one has
/// committed, so light load has low latency and heavy load big batches. One thread of its own writes; any
/// thread may append.
/// </summary>
public sealed partial class JournalWriter : IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly JournalWriterOptions _options;
    private readonly ICommitObserver[] _observers;
    private readonly DrainRate _rate;
    private readonly Lock _gate = new();
    private readonly AppendQueue _queue;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly PendingPool _pool;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _asleep;
    private bool _closed;

    private JournalWriter(
        IJournal journal, JournalWriterOptions options, TimeProvider time, ICommitObserver[] observers,
        BatchRoot last)
    {
        _journal = journal;
        _options = options;
        _observers = observers;
        _rate = new DrainRate(time);
        _queue = new AppendQueue(journal);
        _pool = new PendingPool(options.MaxQueuedEntries);
        _last = last;
    }

    /// <summary>The highest place that is durably written.</summary>
    public long CommittedPos => _journal.Commits.Pos;

    /// <summary>Counts since it was opened.</summary>
    public JournalWriterStats Stats
    {
        get
        {
            lock (_gate)
            {
                return new JournalWriterStats(
                    Interlocked.Read(ref _batches), Interlocked.Read(ref _entries),
                    Interlocked.Read(ref _failed),
                    _queue.Count, _rate.EntriesPerSecond);
            }
        }
    }

    /// <summary>Opens the one writer of a journal in this process and starts its thread.</summary>
    /// <param name="journal">The store; it is not disposed of with the writer.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <param name="time">Measures the rate, for <see cref="JournalOverloadedException.RetryAfter"/>.</param>
    /// <param name="observers">Who hears of each entry's fate before its caller, e.g. the
    /// <see cref="KeyIndex"/>.</param>
    public static async ValueTask<JournalWriter> OpenAsync(
        IJournal journal, JournalWriterOptions? options, TimeProvider time,
        params ICommitObserver[] observers)
    {
        var last = await journal.WriterStateAsync();
        var writer = new JournalWriter(journal, options ?? new JournalWriterOptions(), time, observers, last);
        new Thread(writer.Loop) { Name = "journal writer", IsBackground = true }.Start();
        return writer;
    }

    /// <summary>
    /// Puts a draft in its place, synchronously and in the order of the calls, and completes when it is
    /// durable. Await the result once. Whatever happens, the reservation of the draft's key is settled.
    /// </summary>
    /// <exception cref="JournalOverloadedException">Thrown at once: the queue is full, nothing was
    /// taken.</exception>
    /// <exception cref="AppendFailedException">Through the result: the entry does not follow its grain's
    /// newest one, the store failed, or an entry before it did. Reload the grain and try again.</exception>
    public ValueTask<Appended> Append(EntryDraft draft)
    {
        _ = draft.Hash;
        var pending = _pool.Rent();
        pending.Draft = draft;
        var wait = pending.Task;
        var admission = Admit(pending);
        if (admission == Admission.Taken)
            return wait;
        pending.Abandon();
        if (admission == Admission.Full)
        {
            var full = new JournalOverloadedException(_rate.TimeFor(_options.MaxQueuedEntries / 4));
            Released(draft, Failure(draft, AppendFailure.Closed, full));
            throw full;
        }

        var reason = admission == Admission.Closed ? AppendFailure.Closed : AppendFailure.OutOfOrder;
        var refused = Failure(draft, reason, null);
        Released(draft, refused);
        return ValueTask.FromException<Appended>(refused);
    }

    /// <summary>Completes when everything up to a place is durable.</summary>
    public Task WaitForAsync(long pos, CancellationToken cancel = default) =>
        _journal.Commits.WaitForAsync(pos, cancel);

    /// <summary>Takes no more drafts, writes those it has, and ends its thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _wake.Release();
            }
        }

        await _ended.Task;
        _wake.Dispose();
    }

    private Admission Admit(PendingAppend pending)
    {
        lock (_gate)
        {
            if (_closed)
                return Admission.Closed;
            if (_queue.Count >= _options.MaxQueuedEntries || _queue.Bytes >= _options.MaxQueuedBytes)
                return Admission.Full;
            if (!_queue.TryEnqueue(pending))
                return Admission.OutOfOrder;
            pending.Number = ++_taken;
            if (_asleep)
            {
                _asleep = false;
                _wake.Release();
            }

            return Admission.Taken;
        }
    }

    private enum Admission
    {
        Taken,
        Full,
        OutOfOrder,
        Closed,
    }
}
