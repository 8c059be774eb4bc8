using System.Globalization;
using System.Text;

namespace MallVip.Rules.Cel;

/// <summary>Values as text: what <c>%s</c> of format writes.</summary>
internal static class CelText
{
    private const int LongestPlainExponent = 21;
    private const int SmallestPlainExponent = -5;

    public static string Of(CelValue value) => value.Kind switch
    {
        CelKind.List => ListText(value.AsList),
        CelKind.Map => MapText(value.AsMap),
        CelKind.Bytes => Encoding.UTF8.GetString(value.AsBytes),
        CelKind.Null => "null",
        CelKind.Type => value.AsType.Name,
        CelKind.Object => value.ObjectType.Name,
        CelKind.Opaque => "opaque",
        CelKind.Error => value.AsError.Message,
        _ => OfScalar(value),
    };

    public static string OfScalar(CelValue value) => value.Kind switch
    {
        CelKind.Bool => value.AsBool ? "true" : "false",
        CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture),
        CelKind.Double => OfDouble(value.AsDouble),
        CelKind.Decimal => value.AsDecimal.ToString(CultureInfo.InvariantCulture),
        CelKind.String => value.AsString,
        CelKind.Timestamp => value.AsTimestamp.ToString(),
        CelKind.Duration => value.AsDuration.ToString(),
        _ => throw new InvalidOperationException($"{value.Kind} is no scalar"),
    };

    /// <summary>
    /// The shortest digits that read back as the same double, with an exponent only when it is far out.
    /// </summary>
    public static string OfDouble(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        var isPlain = value == 0 || exponent is > SmallestPlainExponent and < LongestPlainExponent;
        if (isPlain && shortest.Contains('E'))
            return ((decimal)value).ToString(CultureInfo.InvariantCulture);
        return isPlain ? shortest : WithExponent(shortest, exponent);
    }

    private static string WithExponent(string shortest, int exponent)
    {
        var mark = shortest.IndexOf('E');
        var digits = mark < 0 ? shortest : shortest[..mark];
        var sign = exponent < 0 ? '-' : '+';
        return $"{digits}e{sign}{Math.Abs(exponent):D2}";
    }

    private static string ListText(CelList list)
    {
        var parts = new string[list.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Of(list[i]);
        return $"[{string.Join(", ", parts)}]";
    }

    private static string MapText(CelMap map)
    {
        var parts = map.Keys.Select(key =>
            (Key: Of(key), Value: map.TryGet(key, out var value) ? Of(value) : ""));
        var sorted = parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part =>
            $"{part.Key}: {part.Value}");
        return $"{{{string.Join(", ", sorted)}}}";
    }
}
