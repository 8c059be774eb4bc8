namespace MallVip.Grains.Journal;

/// <summary>
/// Where grains stood when this process last wrote or read them. It may be behind, never wrong: who finds
/// another seq than expected asks the database. Two generations bound it. Thread-safe.
/// </summary>
internal sealed class HeadCache(int capacity)
{
    private readonly int _perGeneration = Math.Max(1, capacity / 2);
    private readonly Lock _gate = new();
    private Dictionary<GrainKey, HeadPlace> _young = [];
    private Dictionary<GrainKey, HeadPlace> _old = [];

    public bool TryGet(GrainKey grain, out HeadPlace head)
    {
        lock (_gate)
            return _young.TryGetValue(grain, out head) || _old.TryGetValue(grain, out head);
    }

    public void Set(GrainKey grain, HeadPlace head)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(grain, out var known) && known.Seq > head.Seq)
                return;
            _young[grain] = head;
            if (_young.Count < _perGeneration)
                return;
            (_old, _young) = (_young, _old);
            _young.Clear();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _young.Clear();
            _old.Clear();
        }
    }
}
