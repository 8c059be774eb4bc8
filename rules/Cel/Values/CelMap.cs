namespace MallVip.Rules.Cel;

/// <summary>An immutable map in the order of its entries. Keys 1, 1u and 1.0 are the same key.</summary>
public sealed class CelMap
{
    private readonly Dictionary<CelValue, CelValue> _entries = [];
    private readonly List<CelValue> _keys = [];

    public int Count => _keys.Count;

    /// <summary>The keys in the order in which they were written.</summary>
    public IReadOnlyList<CelValue> Keys => _keys;

    /// <summary>The first of two equal keys wins; see <see cref="TryAdd"/> for finding out.</summary>
    public static CelMap Of(IEnumerable<KeyValuePair<CelValue, CelValue>> entries)
    {
        var map = new CelMap();
        foreach (var (key, value) in entries)
            map.TryAdd(key, value);
        return map;
    }

    public bool TryGet(CelValue key, out CelValue value) => _entries.TryGetValue(key, out value);

    public bool Contains(CelValue key) => _entries.ContainsKey(key);

    internal bool TryAdd(CelValue key, CelValue value)
    {
        if (!_entries.TryAdd(key, value))
            return false;
        _keys.Add(key);
        return true;
    }
}
