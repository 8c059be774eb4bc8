using System.Globalization;
using System.Text;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Comparing;

/// <summary>
/// What a programme's files declare, thing by thing, in a form that comments, blanks and the order of keys do
/// not change.
/// </summary>
internal sealed class ProgrammeItems
{
    private static readonly Dictionary<string, string> Singular = new(StringComparer.Ordinal)
    {
        ["malls"] = "mall",
        ["categories"] = "category",
        ["stores"] = "store",
        ["wallets"] = "wallet",
        ["tiers"] = "tier",
        ["coupons"] = "coupon",
        ["attributes"] = "attribute",
        ["events"] = "event",
        ["lots"] = "lot",
        ["tariffs"] = "tariff",
        ["rules"] = "rule",
        ["cases"] = "case",
    };

    private readonly SortedDictionary<(string What, string Id), Item> _items = [];

    private ProgrammeItems()
    {
    }

    public IReadOnlyDictionary<(string What, string Id), Item> All => _items;

    /// <summary>Files that cannot be read declare nothing.</summary>
    public static ProgrammeItems Of(IReadOnlyDictionary<string, string> sources)
    {
        var items = new ProgrammeItems();
        foreach (var (path, text) in sources)
            if (YamlReader.Read(path, text, new Findings()) is { } map)
                items.AddFile(path, map);
        return items;
    }

    private void AddFile(string path, YamlMap map)
    {
        var ruleset = map.Text("ruleset");
        foreach (var (key, value) in map.Entries)
        {
            if (key.Value == "ruleset")
                continue;
            if (key.Value is "parking" && value is YamlMap parking)
                AddFile(path, parking);
            else if (Singular.TryGetValue(key.Value, out var what))
                AddSection(what, ruleset is null ? "" : ruleset + "/", value);
            else
                Add("setting", IsMain(path) ? key.Value : $"{path}:{key.Value}", key, value);
        }
    }

    private void AddSection(string what, string prefix, YamlNode section)
    {
        switch (section)
        {
            case YamlMap map:
                foreach (var (key, value) in map.Entries)
                    Add(what, prefix + key.Value, key, value);
                break;
            case YamlList list:
                foreach (var item in list.Items)
                    Add(what, prefix + NameOf(item), item, item);
                break;
        }
    }

    private void Add(string what, string id, YamlNode at, YamlNode value) =>
        _items.TryAdd((what, id), new(Canonical(value), at.Place));

    private static bool IsMain(string path) => path is ProgrammeLoader.MainFile;

    private static string NameOf(YamlNode item) => item switch
    {
        YamlScalar scalar => scalar.Value,
        YamlMap map => map.Text("id") ?? map.Text("name") ?? $"line {map.Place.Line}",
        _ => string.Create(CultureInfo.InvariantCulture, $"line {item.Place.Line}"),
    };

    private static string Canonical(YamlNode node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                text.Append(CultureInfo.InvariantCulture, $"{scalar.Value.Length}:{scalar.Value}");
                break;
            case YamlList list:
                text.Append('[');
                foreach (var item in list.Items)
                    Write(text, item);
                text.Append(']');
                break;
            case YamlMap map:
                text.Append('{');
                foreach (var (key, value) in map.Entries.OrderBy(e => e.Key.Value, StringComparer.Ordinal))
                {
                    Write(text, key);
                    Write(text, value);
                }

                text.Append('}');
                break;
        }
    }

    /// <summary>One thing.</summary>
    internal sealed record Item(string Text, Place Place);
}
