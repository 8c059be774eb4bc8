using System.Globalization;

namespace MallVip.Rules.Events;

/// <summary>Values of fields as text, the same everywhere.</summary>
public static class FieldText
{
    /// <summary>
    /// Text as it is, a number as a decimal, <c>true</c> or <c>false</c>, <c>YYYY-MM-DD</c>, a moment as RFC
    /// 3339; a handle as itself.
    /// </summary>
    public static string Of(FieldValue value) => value switch
    {
        FieldValue.Text text => text.Value,
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FieldValue.Flag flag => flag.Value ? "true" : "false",
        FieldValue.Date date => date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldValue.Moment moment =>
            moment.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        FieldValue.Handle handle => handle.Value,
        _ => throw new InvalidOperationException($"Unknown value {value.GetType().Name}."),
    };
}
