namespace MallVip.Rules.Cel;

/// <summary>Plus and minus on text, bytes and time. Text and bytes are paid for by length.</summary>
internal static class CelConcat
{
    public static string Add(ref CelState state, string a, string b) =>
        state.Spend(CelState.StepsFor(a.Length + b.Length)) ? string.Concat(a, b) : "";

    public static byte[] Add(ref CelState state, byte[] a, byte[] b) =>
        state.Spend(CelState.StepsFor(a.Length + b.Length)) ? [.. a, .. b] : [];

    public static CelTimestamp Add(ref CelState state, CelTimestamp a, CelDuration b) =>
        Shift(ref state, a, b.Nanos);

    public static CelTimestamp Add(ref CelState state, CelDuration a, CelTimestamp b) =>
        Shift(ref state, b, a.Nanos);

    public static CelDuration Add(ref CelState state, CelDuration a, CelDuration b) =>
        new(CelArithmetic.Add(ref state, a.Nanos, b.Nanos));

    public static CelTimestamp Subtract(ref CelState state, CelTimestamp a, CelDuration b) =>
        Shift(ref state, a, -(Int128)b.Nanos);

    public static CelDuration Subtract(ref CelState state, CelDuration a, CelDuration b) =>
        new(CelArithmetic.Subtract(ref state, a.Nanos, b.Nanos));

    public static CelDuration Subtract(ref CelState state, CelTimestamp a, CelTimestamp b)
    {
        var nanos = a.NanosSince(b);
        if (nanos >= long.MinValue && nanos <= long.MaxValue)
            return new CelDuration((long)nanos);
        return CelArithmetic.Overflow<CelDuration>(ref state, "-");
    }

    public static CelValue AddLists(ref CelState state, CelList a, CelList b)
    {
        if (!state.Spend(a.Count + b.Count))
            return default;
        var items = new CelValue[a.Count + b.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = i < a.Count ? a[i] : b[i - a.Count];
        return CelList.FromArray(items);
    }

    private static CelTimestamp Shift(ref CelState state, CelTimestamp at, Int128 nanos) =>
        CelTimestamp.TryAdd(at, nanos, out var sum) ? sum
            : CelArithmetic.Overflow<CelTimestamp>(ref state, "+");
}
