using System.Globalization;

namespace MallVip.Rules.Cel;

/// <summary>Reading lists, maps and records.</summary>
internal static partial class CelOps
{
    public static CelValue Index(ref CelState state, CelValue container, CelValue index)
    {
        if (container.Kind == CelKind.Map)
            return MapAt(ref state, container.AsMap, index);
        if (container.Kind != CelKind.List || !TryIndex(index, out var position))
            return NoOverload(ref state, "[]", container, index);
        var list = container.AsList;
        if (position >= 0 && position < list.Count)
            return list[(int)position];
        state.Fail(CelCodes.OutOfRange, position.ToString(CultureInfo.InvariantCulture));
        return default;
    }

    public static bool In(ref CelState state, CelValue item, CelValue container)
    {
        if (container.Kind == CelKind.Map)
            return container.AsMap.Contains(item);
        if (container.Kind != CelKind.List)
        {
            NoOverload(ref state, "in", item, container);
            return false;
        }
        var list = container.AsList;
        if (!state.Spend(list.Count))
            return false;
        for (var i = 0; i < list.Count; i++)
        {
            if (CelEquality.Equal(item, list[i]))
                return true;
        }
        return false;
    }

    public static bool InHostList<T>(ref CelState state, T item, IReadOnlyList<T>? list)
    {
        var count = list?.Count ?? 0;
        if (!state.Spend(count))
            return false;
        for (var i = 0; i < count; i++)
        {
            if (EqualityComparer<T>.Default.Equals(item, list![i]))
                return true;
        }
        return false;
    }

    public static CelValue Select(ref CelState state, CelValue operand, string field)
    {
        if (operand.Kind == CelKind.Map)
            return MapAt(ref state, operand.AsMap, CelValue.Of(field));
        if (operand.Kind != CelKind.Object || operand.ObjectType.FindField(field) is not { } declared)
            return NoOverload(ref state, "." + field, operand);
        if (declared.ReadDynamic(operand.AsObject) is { } value)
            return value;
        state.Fail(CelCodes.Absent, field);
        return default;
    }

    public static bool Has(ref CelState state, CelValue operand, string field)
    {
        if (operand.Kind == CelKind.Map)
            return operand.AsMap.Contains(CelValue.Of(field));
        if (operand.Kind == CelKind.Object && operand.ObjectType.FindField(field) is { } declared)
            return declared.ReadDynamic(operand.AsObject) is not null;
        NoOverload(ref state, "has", operand);
        return false;
    }

    public static void AddEntry(ref CelState state, CelMap map, CelValue key, CelValue value)
    {
        if (key.Kind is not (CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.String))
            state.Fail(CelCodes.BadKey, key.Type.ToString());
        else if (!map.TryAdd(key, value))
            state.Fail(CelCodes.DuplicateKey, CelText.Of(key));
    }

    private static CelValue MapAt(ref CelState state, CelMap map, CelValue key)
    {
        if (map.TryGet(key, out var value))
            return value;
        state.Fail(CelCodes.NoKey, CelText.Of(key));
        return default;
    }

    /// <summary>Whole doubles count as indexes, as the language's number equality asks.</summary>
    private static bool TryIndex(CelValue index, out long position)
    {
        position = index.Kind switch
        {
            CelKind.Int => index.AsInt,
            CelKind.Uint => (long)Math.Min(index.AsUint, long.MaxValue),
            CelKind.Double when double.IsInteger(index.AsDouble) && Math.Abs(index.AsDouble) < 1e15 =>
                (long)index.AsDouble,
            _ => -1,
        };
        return index.Kind is CelKind.Int or CelKind.Uint
            || index.Kind == CelKind.Double && double.IsInteger(index.AsDouble);
    }
}
