namespace MallVip.Rules.Cel;

/// <summary>Questions to a text. Positions count code points.</summary>
internal static class CelStrings
{
    [CelFunction("startsWith", IsMember = true)]
    public static bool StartsWith(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal);

    [CelFunction("endsWith", IsMember = true)]
    public static bool EndsWith(string text, string suffix) =>
        text.EndsWith(suffix, StringComparison.Ordinal);

    [CelFunction("contains", IsMember = true)]
    public static bool Contains(ref CelState state, string text, string part) =>
        state.Spend(CelState.StepsFor(text.Length)) && text.Contains(part, StringComparison.Ordinal);

    [CelFunction("charAt", IsMember = true)]
    public static string CharAt(ref CelState state, string text, long index)
    {
        if (!TryUnit(ref state, text, index, out var unit))
            return "";
        if (unit == text.Length)
            return "";
        return text.Substring(unit, char.IsHighSurrogate(text[unit]) ? 2 : 1);
    }

    [CelFunction("indexOf", IsMember = true)]
    public static long IndexOf(ref CelState state, string text, string part) =>
        IndexOf(ref state, text, part, 0);

    [CelFunction("indexOf", IsMember = true)]
    public static long IndexOf(ref CelState state, string text, string part, long from)
    {
        if (!TryUnit(ref state, text, from, out var unit))
            return 0;
        var found = text.IndexOf(part, unit, StringComparison.Ordinal);
        return found < 0 ? -1 : CodePoints(text, found);
    }

    [CelFunction("lastIndexOf", IsMember = true)]
    public static long LastIndexOf(ref CelState state, string text, string part)
    {
        if (!state.Spend(CelState.StepsFor(text.Length)))
            return 0;
        var found = text.LastIndexOf(part, StringComparison.Ordinal);
        return found < 0 ? -1 : CodePoints(text, found);
    }

    [CelFunction("lastIndexOf", IsMember = true)]
    public static long LastIndexOf(ref CelState state, string text, string part, long from)
    {
        if (!TryUnit(ref state, text, from, out var unit))
            return 0;
        var end = Math.Min(text.Length, unit + part.Length);
        var found = text.AsSpan(0, end).LastIndexOf(part, StringComparison.Ordinal);
        return found < 0 ? -1 : CodePoints(text, found);
    }

    [CelFunction("substring", IsMember = true)]
    public static string Substring(ref CelState state, string text, long start) =>
        TryUnit(ref state, text, start, out var unit) ? text[unit..] : "";

    [CelFunction("substring", IsMember = true)]
    public static string Substring(ref CelState state, string text, long start, long end)
    {
        if (!TryUnit(ref state, text, start, out var first) || !TryUnit(ref state, text, end, out var last))
            return "";
        if (first <= last)
            return text[first..last];
        state.Fail(CelCodes.OutOfRange, $"{end}");
        return "";
    }

    /// <summary>
    /// The UTF-16 position of a code point; the position after the last is valid. Pays for the scan.
    /// </summary>
    private static bool TryUnit(ref CelState state, string text, long index, out int unit)
    {
        unit = 0;
        if (!state.Spend(CelState.StepsFor(text.Length)))
            return false;
        var left = index;
        while (left > 0 && unit < text.Length)
        {
            unit += char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length ? 2 : 1;
            left--;
        }
        if (left == 0)
            return true;
        state.Fail(CelCodes.OutOfRange, $"{index}");
        return false;
    }

    private static long CodePoints(string text, int units)
    {
        var pairs = 0;
        for (var i = 0; i < units; i++)
        {
            if (char.IsLowSurrogate(text[i]))
                pairs++;
        }
        return units - pairs;
    }
}
