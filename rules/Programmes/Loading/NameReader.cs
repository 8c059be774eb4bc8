using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads names of what is declared elsewhere.</summary>
internal static class NameReader
{
    /// <summary>The items of a list; those that nobody has declared have a finding.</summary>
    public static ImmutableArray<string> Read(
        YamlList? list, string code, IEnumerable<string> known, Findings findings)
    {
        var names = known.Order(StringComparer.Ordinal).ToArray();
        foreach (var item in list?.Items.OfType<YamlScalar>() ?? [])
            Check(item, code, names, findings);
        return Texts(list);
    }

    /// <summary>Whether a name is declared; else it has a finding.</summary>
    public static bool Check(
        YamlScalar name, string code, IReadOnlyCollection<string> known, Findings findings)
    {
        if (known.Contains(name.Value, StringComparer.Ordinal))
            return true;
        findings.Unknown(name.Place, code, name.Value, known);
        return false;
    }

    /// <summary>The items of a list as they are.</summary>
    public static ImmutableArray<string> Texts(YamlList? list) =>
        [.. list?.Items.OfType<YamlScalar>().Select(item => item.Value) ?? []];
}
