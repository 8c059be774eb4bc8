using System.Runtime.InteropServices;

namespace MallVip.Grains.Journal;

public sealed partial class JournalWriter
{
    private readonly List<PendingAppend> _batch = [];
    private readonly List<Hash256> _hashes = [];
    private BatchRoot _last;
    private JournalBatch? _unresolved;
    private Exception? _unresolvedCause;
    private long _batches;
    private long _entries;
    private long _failed;

    private void Loop()
    {
        while (TakeBatch())
        {
            if (!Resolved())
                FailAll(_batch, AppendFailure.StoreFailed, _unresolvedCause);
            else if (_batch.Count > 0)
                Write();
            _batch.Clear();
        }

        _ended.SetResult();
    }

    /// <summary>Waits for drafts (or, after a commit of unknown outcome, for the next time to ask). False:
    /// closed and nothing left.</summary>
    private bool TakeBatch()
    {
        while (true)
        {
            lock (_gate)
            {
                _queue.TakeInto(_batch, _options.MaxBatchEntries, _options.MaxBatchBytes);
                EndWaits_NeedsLock();
                _asleep = _batch.Count == 0 && !_closed;
                if (_batch.Count > 0)
                    return true;
                if (_closed)
                    return false;
            }

            if (!_wake.Wait(_unresolved is null ? Timeout.InfiniteTimeSpan : _options.ResolveInterval))
                return true;
        }
    }

    private void Write()
    {
        var begun = _rate.Begin();
        while (_batch.Count > 0)
        {
            var batch = Compose();
            try
            {
                var places = Complete(_journal.AppendBatchAsync(batch));
                Succeed(batch, places);
                _rate.End(begun, batch.Entries.Count);
                return;
            }
            catch (JournalConflictException conflict)
            {
                DropLosers(conflict);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Settle(batch, error);
                return;
            }
        }
    }

    private JournalBatch Compose()
    {
        var drafts = new EntryDraft[_batch.Count];
        _hashes.Clear();
        for (var i = 0; i < drafts.Length; i++)
        {
            drafts[i] = _batch[i].Draft;
            _hashes.Add(drafts[i].Hash);
        }

        var number = _last.Batch + 1;
        var root = BatchRoot.Compute(
            _last.Root, _last.Writer, number, CollectionsMarshal.AsSpan(_hashes));
        return new JournalBatch(_last.Writer, number, root, drafts);
    }

    private void Succeed(JournalBatch batch, long[] places)
    {
        Committed(batch, places);
        lock (_gate)
            _queue.Landed(_batch);
        for (var i = 0; i < places.Length; i++)
            _batch[i].Succeed(places[i]);
    }

    private void Committed(JournalBatch batch, long[] places)
    {
        _last = new BatchRoot(batch.Writer, batch.Number, batch.Root);
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _entries, places.Length);
        foreach (var observer in _observers)
            observer.OnCommitted(batch, places);
    }

    /// <summary>The store says that these grains are elsewhere: they fail, the others are written.</summary>
    private void DropLosers(JournalConflictException conflict)
    {
        var losers = conflict.Grains.ToHashSet();
        var lost = _batch.FindAll(p => losers.Contains(p.Draft.Grain));
        if (lost.Count == 0)
        {
            // A refusal that names nobody in the batch can only come again.
            FailAll(_batch, AppendFailure.StoreFailed, conflict);
            _batch.Clear();
            return;
        }

        _batch.RemoveAll(p => losers.Contains(p.Draft.Grain));
        FailAll(lost, AppendFailure.OutOfOrder, conflict);
    }

    /// <summary>An append failed and may have happened all the same: only the store can tell.</summary>
    private void Settle(JournalBatch batch, Exception error)
    {
        try
        {
            if (Complete(_journal.ResolveBatchAsync(batch)) is { } places)
                Succeed(batch, places);
            else
                FailAll(_batch, AppendFailure.StoreFailed, error);
        }
        catch (JournalReplacedException gone)
        {
            FailAll(_batch, AppendFailure.StoreFailed, gone);
        }
        catch (Exception still) when (still is not OutOfMemoryException)
        {
            _unresolved = batch;
            _unresolvedCause = error;
            FailAll(_batch, AppendFailure.OutcomeUnknown, error);
        }
    }

    /// <summary>Asks about the batch of unknown outcome, if there is one: nothing is written before it is
    /// settled, and its keys stay taken until then.</summary>
    private bool Resolved()
    {
        if (_unresolved is not { } batch)
            return true;
        try
        {
            if (Complete(_journal.ResolveBatchAsync(batch)) is { } places)
                Committed(batch, places);
            else
                ReleaseAll(batch);
            _unresolved = null;
            return true;
        }
        catch (JournalReplacedException gone)
        {
            // Nothing is written any more, so nobody need wait for what became of it: this process ends.
            _unresolvedCause = gone;
            ReleaseAll(batch);
            _unresolved = null;
            return true;
        }
        catch (Exception still) when (still is not OutOfMemoryException)
        {
            _unresolvedCause = still;
            return false;
        }
    }

    /// <summary>The writer's own thread may wait: it has nothing else to do until the store has
    /// answered.</summary>
    private static T Complete<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
