using System.Collections.Frozen;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// Reads declared attributes and event fields: <c>name: type</c> or <c>name: { type, personal, required
/// }</c>.
/// </summary>
internal static class FieldReader
{
    public static FrozenDictionary<string, AttributeType> ReadAll(YamlMap? map)
    {
        var fields = new Dictionary<string, AttributeType>(StringComparer.Ordinal);
        foreach (var (key, value) in map?.Entries ?? [])
        {
            var full = value as YamlMap;
            if (Words<FieldType>.Read(full?.Text("type") ?? (value as YamlScalar)?.Value) is not { } type)
                continue;
            var personal = full?.Text("personal") is { } said ? said is "true" : type == FieldType.Text;
            fields[key.Value] =
                new(key.Value, type, personal) { Required = full?.Text("required") is "true" };
        }

        return fields.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
