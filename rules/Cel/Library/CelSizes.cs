namespace MallVip.Rules.Cel;

/// <summary>size(), as function and as method. Text is counted in code points.</summary>
internal static class CelSizes
{
    [CelFunction("size"), CelFunction("size", IsMember = true)]
    public static long Size(string text)
    {
        var pairs = 0;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit))
                pairs++;
        }
        return text.Length - pairs;
    }

    [CelFunction("size"), CelFunction("size", IsMember = true)]
    public static long Size(byte[] value) => value.Length;

    [CelFunction("size"), CelFunction("size", IsMember = true)]
    public static long Size(CelList value) => value.Count;

    [CelFunction("size"), CelFunction("size", IsMember = true)]
    public static long Size(CelMap value) => value.Count;
}
