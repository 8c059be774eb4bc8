namespace MallVip.Grains.Journal;

public sealed partial class MemoryJournal
{
    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default)
    {
        var found = new List<JournalEntry>();
        lock (_gate)
        {
            for (var pos = Head(grain).Pos; pos > 0; pos = found[^1].PrevPos)
            {
                var entry = _entries[(int)pos - 1];
                if (entry.Seq <= afterSeq)
                    break;
                found.Add(entry);
            }
        }

        found.Reverse();
        return new(found);
    }

    public ValueTask<JournalEntry?> ReadAtAsync(long pos, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(pos >= 1 && pos <= _entries.Count ? _entries[(int)pos - 1] : null);
    }

    public ValueTask<TailPage> TailAsync(TailPosition after, int max, CancellationToken cancel = default)
    {
        var page = Stretch(after, max);
        return new(new TailPage(page, page.Count == 0 ? after : TailPosition.At(page[^1].Pos)));
    }

    public ValueTask<KeyPage> TailKeysAsync(TailPosition after, int max, CancellationToken cancel = default)
    {
        var page = Stretch(after, max);
        var keys = new List<KeyAt>();
        foreach (var entry in page)
        {
            if (!entry.Key.IsNone)
                keys.Add(new KeyAt(entry.Key, entry.Pos));
            foreach (var key in entry.ExtraKeys)
                keys.Add(new KeyAt(key, entry.Pos));
        }

        return new(new KeyPage(keys, page.Count == 0 ? after : TailPosition.At(page[^1].Pos)));
    }

    public ValueTask<IReadOnlyList<BatchRoot>> BatchRootsAsync(
        int writer, long afterBatch, int max, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return new(_roots.Where(r => r.Writer == writer && r.Batch > afterBatch)
                .OrderBy(r => r.Batch).Take(max).ToList());
        }
    }

    public ValueTask<IReadOnlyList<BatchRoot>> LastRootsAsync(CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_roots.Count == 0 ? [] : [_roots[^1]]);
    }

    private List<JournalEntry> Stretch(TailPosition after, int max)
    {
        lock (_gate)
        {
            var start = (int)after.Pos;
            return _entries.GetRange(start, Math.Max(0, Math.Min(max, _entries.Count - start)));
        }
    }
}
