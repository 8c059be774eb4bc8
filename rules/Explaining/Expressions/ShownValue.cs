using MallVip.Rules.Cel;

namespace MallVip.Rules.Explaining;

/// <summary>Values as people read them: short, and without anything personal.</summary>
public static class ShownValue
{
    /// <summary>In characters; longer texts and lists are cut.</summary>
    public const int Longest = 120;

    private const decimal One = 1.000_000_000_000_000_000m;

    /// <summary>A value; texts as they are.</summary>
    public static string Of(CelValue value) => Cut(value.Kind switch
    {
        CelKind.Decimal => CelText.OfScalar(CelValue.Of(value.AsDecimal / One)),
        CelKind.Opaque => "***",
        CelKind.Error => $"{value.AsError.Code}: {value.AsError.Message}",
        CelKind.List => $"[{string.Join(", ", Items(value.AsList))}]",
        CelKind.Object => value.ObjectType.Name,
        _ => CelText.Of(value),
    });

    /// <summary>A value as it would stand in an expression: texts in quotes.</summary>
    public static string Quoted(CelValue value) =>
        value.Kind == CelKind.String ? $"\"{Of(value)}\"" : Of(value);

    private static IEnumerable<string> Items(CelList list)
    {
        for (var i = 0; i < Math.Min(list.Count, Longest); i++)
            yield return Of(list[i]);
    }

    private static string Cut(string text)
    {
        if (text.Length <= Longest)
            return text;
        var end = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return text[..end] + "…";
    }
}
