namespace MallVip.Rules.Cel;

/// <summary>The elements of a list or a map in order, as macros walk them.</summary>
internal readonly struct CelWalk(CelList? list, CelMap? map)
{
    public int Count => list?.Count ?? map!.Count;

    /// <summary>The index in a list, the key in a map.</summary>
    public CelValue Key(int index) => map is null ? CelValue.Of((long)index) : map.Keys[index];

    public CelValue Item(int index) =>
        map is null ? list![index] : map.TryGet(map.Keys[index], out var value) ? value : default;

    /// <summary>What a macro with one variable sees: the element of a list, the key of a map.</summary>
    public CelValue Single(int index) => map is null ? list![index] : map.Keys[index];
}
