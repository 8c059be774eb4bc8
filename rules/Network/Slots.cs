namespace MallVip.Rules.Network;

/// <summary>Values that were read for one evaluation, told from older ones by its stamp.</summary>
internal sealed class Slots<T>
{
    private long[] _stamps = [];
    private T[] _values = [];

    public bool TryGet(int slot, long stamp, out T value)
    {
        value = _values[slot];
        return _stamps[slot] == stamp;
    }

    public T Set(int slot, long stamp, T value)
    {
        _stamps[slot] = stamp;
        return _values[slot] = value;
    }

    public void Fit(int count)
    {
        if (_stamps.Length >= count)
            return;
        _stamps = new long[count];
        _values = new T[count];
    }
}
