namespace MallVip.Rules.Cel;

/// <summary>Order. Kinds that have none are an error; NaN is neither less nor greater.</summary>
internal static partial class CelOps
{
    private const int Unordered = int.MinValue;

    public static bool Less(ref CelState state, CelValue a, CelValue b) =>
        Order(ref state, "<", a, b) is var order && order < 0 && order != Unordered;

    public static bool LessOrEqual(ref CelState state, CelValue a, CelValue b) =>
        Order(ref state, "<=", a, b) is var order && order <= 0 && order != Unordered;

    public static bool Greater(ref CelState state, CelValue a, CelValue b) => Order(ref state, ">", a, b) > 0;

    public static bool GreaterOrEqual(ref CelState state, CelValue a, CelValue b) =>
        Order(ref state, ">=", a, b) >= 0;

    public static int Compare(bool a, bool b) => a.CompareTo(b);

    public static int Compare(CelTimestamp a, CelTimestamp b) => a.CompareTo(b);

    public static int Compare(CelDuration a, CelDuration b) => a.CompareTo(b);

    public static int Compare(byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b);

    /// <summary>
    /// By code point, which differs from UTF-16 order where surrogates meet U+E000..U+FFFF.
    /// </summary>
    public static int Compare(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            var (left, right) = (a[i], b[i]);
            if (left == right)
                continue;
            if (char.IsSurrogate(left) != char.IsSurrogate(right))
                return char.IsSurrogate(left) ? 1 : -1;
            return left.CompareTo(right);
        }
        return a.Length.CompareTo(b.Length);
    }

    private static int Order(ref CelState state, string symbol, CelValue a, CelValue b)
    {
        if (a.IsNumber && b.IsNumber)
            return CelEquality.CompareNumbers(a, b) ?? Unordered;
        if (a.Kind == b.Kind)
        {
            switch (a.Kind)
            {
                case CelKind.Bool:
                    return Compare(a.AsBool, b.AsBool);
                case CelKind.String:
                    return Compare(a.AsString, b.AsString);
                case CelKind.Bytes:
                    return Compare(a.AsBytes, b.AsBytes);
                case CelKind.Timestamp:
                    return Compare(a.AsTimestamp, b.AsTimestamp);
                case CelKind.Duration:
                    return Compare(a.AsDuration, b.AsDuration);
            }
        }
        NoOverload(ref state, symbol, a, b);
        return Unordered;
    }
}
