namespace MallVip.Silo.Import.Sorting;

/// <summary>
/// Sorts more items than fit in memory: full buffers are sorted and written as runs, and runs are merged. The
/// order must be total; then the outcome does not depend on where the buffers ended.
/// </summary>
internal sealed class SpillSorter<T>(
    SpillFolder folder, ISpillCodec<T> codec, IComparer<T> order, long memoryBytes)
{
    /// <summary>Runs merged at once: enough for 1 GiB in one pass at 32 MiB, few enough open files.</summary>
    private const int FanIn = 32;

    private readonly List<T> _buffer = [];
    private readonly List<List<SpillRun<T>>> _levels = [];
    private long _bufferBytes;

    /// <summary>Items added so far.</summary>
    public long Count { get; private set; }

    public void Add(T item)
    {
        Count++;
        _buffer.Add(item);
        _bufferBytes += codec.Size(item);
        if (_bufferBytes > memoryBytes)
            Spill();
    }

    /// <summary>All items in order; to be enumerated once, after the last <see cref="Add"/>.</summary>
    public IEnumerable<T> Sorted()
    {
        _buffer.Sort(order);
        if (_levels.Count == 0)
            return _buffer;
        var runs = _levels.SelectMany(level => level).Select(run => run.Read());
        return SpillRun<T>.Merge(runs.Append(_buffer), order);
    }

    private void Spill()
    {
        _buffer.Sort(order);
        Keep(SpillRun<T>.Write(folder.NewFile(), codec, _buffer), level: 0);
        _buffer.Clear();
        _bufferBytes = 0;
    }

    // Runs of one level are about as long as each other, so that an item is rewritten once per level.
    private void Keep(SpillRun<T> run, int level)
    {
        if (level == _levels.Count)
            _levels.Add([]);
        var runs = _levels[level];
        runs.Add(run);
        if (runs.Count < FanIn)
            return;
        var merged = SpillRun<T>.Write(
            folder.NewFile(), codec, SpillRun<T>.Merge(runs.Select(each => each.Read()), order));
        foreach (var each in runs)
            each.Delete();
        runs.Clear();
        Keep(merged, level + 1);
    }
}
