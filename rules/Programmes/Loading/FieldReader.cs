using System.Collections.Frozen;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// Reads declared attributes and event fields: <c>name: type</c> or <c>name: { type, personal, required
/// }</c>.
/// </summary>
internal static class FieldReader
{
    public static FrozenDictionary<string, AttributeType> ReadAll(YamlMap? map, Findings findings)
    {
        var fields = new Dictionary<string, AttributeType>(StringComparer.Ordinal);
        foreach (var (key, value) in map?.Entries ?? [])
        {
            var full = value as YamlMap;
            if (Words<FieldType>.Read(full?.Text("type") ?? (value as YamlScalar)?.Value) is not { } type)
                continue;
            var choices = full?.List("choices");
            var personal = full?.Text("personal") is { } said
                ? said is "true"
                : type == FieldType.Text && choices is null;
            fields[key.Value] = new(key.Value, type, personal)
            {
                Required = full?.Text("required") is "true",
                Choices = [.. choices?.Items.OfType<YamlScalar>().Select(choice => choice.Value) ?? []],
                Min = Forms.ReadDecimal(full?.Text("min")),
                Max = Forms.ReadDecimal(full?.Text("max")),
            };
            Check(key, fields[key.Value], findings);
        }

        return fields.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Check(YamlScalar name, AttributeType field, Findings findings)
    {
        var isWrong = (!field.Choices.IsEmpty && (field.Type != FieldType.Text || field.Personal))
            || ((field.Min ?? field.Max) is not null && (field.Type != FieldType.Number || field.Personal))
            || field.Min > field.Max;
        if (isWrong)
            findings.Error(name.Place, "FIELD_LIMITS", name.Value);
    }
}
