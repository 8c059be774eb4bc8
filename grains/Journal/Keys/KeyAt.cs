namespace MallVip.Grains.Journal;

/// <summary>A key and the place of the entry that carries it.</summary>
public readonly record struct KeyAt(EventKey Key, long Pos)
{
    /// <summary>Puts keys in their order, equal ones in that of their places.</summary>
    internal static void Sort(Span<KeyAt> keys) => keys.Sort(
        static (a, b) => a.Key == b.Key ? a.Pos.CompareTo(b.Pos) : a.Key.CompareTo(b.Key));

    /// <summary>The keys in their order, each at its lowest place.</summary>
    internal static KeyAt[] Lowest(IReadOnlyList<KeyAt> keys)
    {
        var sorted = keys.ToArray();
        Sort(sorted);
        var count = 0;
        foreach (var key in sorted)
        {
            if (count == 0 || sorted[count - 1].Key != key.Key)
                sorted[count++] = key;
        }

        Array.Resize(ref sorted, count);
        return sorted;
    }
}
