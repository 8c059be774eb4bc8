using System.Text.Json;
using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Values;

/// <summary>
/// A value in the map's <c>data</c>: written as JSON, or left out when its column is empty.
/// </summary>
internal abstract record Value
{
    private protected Value()
    {
    }

    /// <summary>Writes the value; under <paramref name="name"/> when it stands in an object.</summary>
    public abstract void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope);

    /// <summary>
    /// Columns that must hold the same text in all rows of a group, since the value reads only the first.
    /// </summary>
    public virtual IEnumerable<Column> SharedColumns => [];

    private protected static void WriteText(Utf8JsonWriter json, JsonEncodedText? name, string text)
    {
        if (name is { } property)
            json.WriteString(property, text);
        else
            json.WriteStringValue(text);
    }

    private protected static void WriteNumber(Utf8JsonWriter json, JsonEncodedText? name, decimal number)
    {
        if (name is { } property)
            json.WriteNumber(property, number);
        else
            json.WriteNumberValue(number);
    }

    private protected static void WriteFlag(Utf8JsonWriter json, JsonEncodedText? name, bool flag)
    {
        if (name is { } property)
            json.WriteBoolean(property, flag);
        else
            json.WriteBooleanValue(flag);
    }
}
