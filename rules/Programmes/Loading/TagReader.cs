using System.Collections.Frozen;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads tags and their groups.</summary>
internal static class TagReader
{
    public static FrozenDictionary<string, DeclaredTag> ReadAll(
        YamlMap? tags, YamlMap? groups, Findings findings)
    {
        var known = ReadGroups(groups);
        var read = new Dictionary<string, DeclaredTag>(StringComparer.Ordinal);
        foreach (var (id, value) in tags?.Entries ?? [])
        {
            var map = value as YamlMap;
            read[id.Value] = new(
                id.Value, map?.Text("name") ?? (value as YamlScalar)?.Value ?? id.Value,
                GroupOf(map?.Scalar("group"), known, findings), map?.Text("colour"), map?.Text("owner"),
                map?.Text("note"));
        }

        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, TagGroup> ReadGroups(YamlMap? groups)
    {
        var read = new Dictionary<string, TagGroup>(StringComparer.Ordinal);
        foreach (var (id, value) in groups?.Entries ?? [])
        {
            var map = value as YamlMap;
            read[id.Value] = new(
                id.Value, map?.Text("name") ?? (value as YamlScalar)?.Value ?? id.Value,
                map?.Text("exclusive") is "true");
        }

        return read;
    }

    private static TagGroup? GroupOf(
        YamlScalar? named, Dictionary<string, TagGroup> known, Findings findings)
    {
        if (named is null || known.TryGetValue(named.Value, out var group))
            return named is null ? null : known[named.Value];
        findings.Unknown(named.Place, "TAG_GROUP_UNKNOWN", named.Value, known.Keys);
        return null;
    }
}
