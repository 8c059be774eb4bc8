namespace MallVip.Grains.Journal;

/// <summary>
/// Where grains stood when this process last wrote or read them. It may be behind, never wrong: who finds
/// another seq than expected, or has not looked for long, asks the database. Two generations bound it.
/// Thread-safe.
/// </summary>
/// <param name="capacity">How many grains.</param>
/// <param name="believed">How long what was seen is believed. The archive leaves entries where the key can
/// refuse a second one for longer.</param>
internal sealed class HeadCache(int capacity, TimeSpan believed)
{
    private readonly int _perGeneration = Math.Max(1, capacity / 2);
    private readonly Lock _gate = new();
    private Dictionary<GrainKey, SeenHead> _young = [];
    private Dictionary<GrainKey, SeenHead> _old = [];
    private DateTimeOffset _now = DateTimeOffset.MinValue;

    /// <summary>The database's clock, as it was told last: what is read after that is no older.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
                return _now;
        }

        set
        {
            lock (_gate)
                _now = value;
        }
    }

    /// <summary>Whether what was seen then is still believed.</summary>
    public bool IsBelieved(DateTimeOffset seen) => Now - seen < believed;

    public bool TryGet(GrainKey grain, out SeenHead head)
    {
        lock (_gate)
            return _young.TryGetValue(grain, out head) || _old.TryGetValue(grain, out head);
    }

    /// <summary>Takes what was read or written after the clock was told last.</summary>
    public void Set(GrainKey grain, HeadPlace head)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(grain, out var known) && known.Place.Seq > head.Seq)
                return;
            _young[grain] = new(head, _now);
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

/// <summary>Where a grain stood, and since when at least that is known, by the database's clock.</summary>
internal readonly record struct SeenHead(HeadPlace Place, DateTimeOffset Seen);
