using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>Events of types that the programme declares.</summary>
internal sealed class CustomParser(Programme programme)
{
    public CustomData Parse(string type, ref DataReader reader) =>
        new(Fields(ref reader, programme.EventTypes[type].Fields, required: true));

    /// <summary>A map of declared fields, by name.</summary>
    public static ImmutableSortedDictionary<string, FieldValue> Fields(
        ref DataReader reader, FrozenDictionary<string, AttributeType> declared, bool required)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, FieldValue>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextKey(out var key))
        {
            if (!declared.TryGetValue(key, out var field))
                reader.UnknownKey(declared.Keys);
            else if (!seen.Add(key))
                reader.Repeated(key);
            else if (reader.Token != System.Text.Json.JsonTokenType.Null &&
                FieldValueParser.Parse(ref reader, field) is { } value)
                values[key] = value;
        }

        foreach (var field in declared.Values)
            if (required && field.Required && !seen.Contains(field.Name))
                reader.Missing(field.Name);
        return values.ToImmutable();
    }
}
