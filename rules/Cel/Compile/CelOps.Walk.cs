namespace MallVip.Rules.Cel;

/// <summary>What macros need at run time.</summary>
internal static partial class CelOps
{
    public static CelWalk Walk(ref CelState state, CelValue range)
    {
        if (range.Kind == CelKind.List)
            return new CelWalk(range.AsList, null);
        if (range.Kind == CelKind.Map)
            return new CelWalk(null, range.AsMap);
        state.Fail(CelCodes.NotWalkable, "macro", range.Type.ToString());
        return default;
    }

    public static void AddEntries(ref CelState state, CelMap map, CelValue entries)
    {
        if (entries.Kind != CelKind.Map)
        {
            state.Fail(CelCodes.BadConversion, entries.Type.ToString(), "map");
            return;
        }
        foreach (var key in entries.AsMap.Keys)
        {
            if (entries.AsMap.TryGet(key, out var value))
                AddEntry(ref state, map, key, value);
        }
    }
}
