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
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E');
        if (mark < 0)
            return shortest;
        var exponent = int.Parse(
            shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent is > SmallestPlainExponent and < LongestPlainExponent
            ? Plain(shortest[..mark], exponent)
            : $"{shortest[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):D2}";
    }

    private static string Plain(string mantissa, int exponent)
    {
        var sign = mantissa.StartsWith('-') ? "-" : "";
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-');
        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : sign + digits.PadRight(exponent + 1, '0');
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
