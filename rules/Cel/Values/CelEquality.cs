namespace MallVip.Rules.Cel;

/// <summary>Equality and order across kinds, as the language definition states them.</summary>
internal static class CelEquality
{
    public static bool Equal(CelValue left, CelValue right)
    {
        if (left.IsNumber && right.IsNumber)
            return CompareNumbers(left, right) == 0;
        if (left.Kind != right.Kind)
            return false;
        return left.Kind switch
        {
            CelKind.Null => true,
            CelKind.Bool => left.AsBool == right.AsBool,
            CelKind.String => string.Equals(left.AsString, right.AsString, StringComparison.Ordinal),
            CelKind.Bytes => left.AsBytes.AsSpan().SequenceEqual(right.AsBytes),
            CelKind.Timestamp => left.AsTimestamp == right.AsTimestamp,
            CelKind.Duration => left.AsDuration == right.AsDuration,
            CelKind.List => ListsEqual(left.AsList, right.AsList),
            CelKind.Map => MapsEqual(left.AsMap, right.AsMap),
            CelKind.Type => string.Equals(left.AsType.Name, right.AsType.Name, StringComparison.Ordinal),
            CelKind.Object or CelKind.Opaque => left.AsObject.Equals(right.AsObject),
            _ => false,
        };
    }

    /// <summary>Negative, zero or positive; null where either is NaN.</summary>
    public static int? CompareNumbers(CelValue left, CelValue right)
    {
        if (left.Kind == CelKind.Double || right.Kind == CelKind.Double)
        {
            var (a, b) = (ToDouble(left), ToDouble(right));
            return double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);
        }
        if (left.Kind == CelKind.Int && right.Kind == CelKind.Int)
            return left.AsInt.CompareTo(right.AsInt);
        if (left.Kind == CelKind.Uint && right.Kind == CelKind.Uint)
            return left.AsUint.CompareTo(right.AsUint);
        return ToDecimal(left).CompareTo(ToDecimal(right));
    }

    public static double ToDouble(CelValue number) => number.Kind switch
    {
        CelKind.Int => number.AsInt,
        CelKind.Uint => number.AsUint,
        CelKind.Decimal => (double)number.AsDecimal,
        _ => number.AsDouble,
    };

    /// <summary>Exact for int, uint and decimal; not for doubles.</summary>
    public static decimal ToDecimal(CelValue number) => number.Kind switch
    {
        CelKind.Int => number.AsInt,
        CelKind.Uint => number.AsUint,
        _ => number.AsDecimal,
    };

    public static int Hash(CelValue value) => value.Kind switch
    {
        CelKind.Bool => value.AsBool ? 1 : 2,
        CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Decimal =>
            (ToDouble(value) + 0.0).GetHashCode(),
        CelKind.String => value.AsString.GetHashCode(StringComparison.Ordinal),
        CelKind.Timestamp => value.AsTimestamp.GetHashCode(),
        CelKind.Duration => value.AsDuration.GetHashCode(),
        CelKind.Bytes => value.AsBytes.Length,
        CelKind.List => value.AsList.Count,
        CelKind.Map => value.AsMap.Count,
        CelKind.Object or CelKind.Opaque => value.AsObject.GetHashCode(),
        _ => (int)value.Kind,
    };

    private static bool ListsEqual(CelList left, CelList right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!Equal(left[i], right[i]))
                return false;
        }
        return true;
    }

    private static bool MapsEqual(CelMap left, CelMap right)
    {
        if (left.Count != right.Count)
            return false;
        foreach (var key in left.Keys)
        {
            if (!left.TryGet(key, out var mine) || !right.TryGet(key, out var theirs) || !Equal(mine, theirs))
                return false;
        }
        return true;
    }
}
