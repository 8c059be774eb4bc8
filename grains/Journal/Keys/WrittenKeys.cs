using System.Diagnostics.CodeAnalysis;

namespace MallVip.Grains.Journal;

/// <summary>
/// The keys of what this process wrote last, for the dedupe index: where nobody else writes it need not read
/// them back from the journal. Each is handed out once; who needs it again, or one that this process did not
/// write or holds no longer, reads the journal. Thread-safe.
/// </summary>
/// <param name="most">Entries held at most; of more the oldest batches go. Default 131,072, some
/// 10 MiB.</param>
internal sealed class WrittenKeys(int most = 1 << 17)
{
    private readonly Lock _gate = new();
    private readonly Queue<Written> _batches = [];
    private TailPosition? _from;
    private int _held;

    /// <summary>Takes in a batch that was committed.</summary>
    /// <param name="batch">What was written.</param>
    /// <param name="places">Where, in ascending order; never changed again.</param>
    /// <param name="end">The position of its last entry.</param>
    public void Add(JournalBatch batch, long[] places, TailPosition end)
    {
        var keys = new List<KeyAt>(2 * places.Length);
        for (var i = 0; i < places.Length; i++)
        {
            var draft = batch.Entries[i];
            if (!draft.Key.IsNone)
                keys.Add(new KeyAt(draft.Key, places[i]));
            for (var extra = 0; extra < draft.ExtraKeys.Count; extra++)
                keys.Add(new KeyAt(draft.ExtraKeys[extra], places[i]));
        }

        lock (_gate)
        {
            _from ??= end with { Pos = places[0] - 1 };
            _batches.Enqueue(new Written(keys, places, end));
            _held += places.Length;
            while (_held > most && _batches.Count > 1)
                Drop();
        }
    }

    /// <summary>Drops all: something was written that is not known here.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _batches.Clear();
            (_from, _held) = (null, 0);
        }
    }

    /// <summary>Hands out the keys of the next batch behind a position, of at most so many entries; false
    /// when nothing is held behind it, or not all.</summary>
    public bool TryTake(TailPosition after, int max, [NotNullWhen(true)] out KeyPage? page)
    {
        page = null;
        lock (_gate)
        {
            if (_from is not { } from || after < from)
                return false;
            while (_batches.TryPeek(out var passed) && passed.End <= after)
                Drop();
            if (!_batches.TryPeek(out var batch))
                return false;
            page = batch.After(after, max);
            _from = page.Next;
            if (page.Next == batch.End)
                Drop();
            return true;
        }
    }

    private void Drop()
    {
        var batch = _batches.Dequeue();
        _held -= batch.Places.Length;
        _from = batch.End;
    }

    /// <summary>A batch: one transaction, within which the place tells what comes first.</summary>
    private sealed record Written(List<KeyAt> Keys, long[] Places, TailPosition End)
    {
        /// <summary>The keys behind a position, of at most so many entries; of a whole batch without a copy.
        /// </summary>
        public KeyPage After(TailPosition position, int most)
        {
            var isWithin = End with { Pos = position.Pos } == position;
            var first = isWithin ? Places.AsSpan().BinarySearch(position.Pos) : -1;
            first = first >= 0 ? first + 1 : isWithin ? ~first : 0;
            var count = Math.Min(most, Places.Length - first);
            if (count == Places.Length)
                return new KeyPage(Keys, End);
            var (from, last) = (Places[first], Places[first + count - 1]);
            return new KeyPage(
                Keys.FindAll(key => key.Pos >= from && key.Pos <= last), End with { Pos = last });
        }
    }
}
