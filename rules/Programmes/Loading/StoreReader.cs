using System.Collections.Frozen;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// Reads stores in their forms: a list of codes (or of maps with <c>id</c>), or a map from code to category
/// or to the full form; <c>store-defaults</c> of the same file fill what is left out.
/// </summary>
internal sealed class StoreReader(
    FrozenDictionary<string, Mall> malls, FrozenDictionary<string, string> categories, Findings findings)
{
    private readonly Dictionary<string, Store> _stores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    public FrozenDictionary<string, Store> All() => _stores.ToFrozenDictionary(StringComparer.Ordinal);

    public void Add(YamlMap file)
    {
        var defaults = file.Map("store-defaults");
        foreach (var item in file.List("stores")?.Items ?? [])
        {
            if (item is YamlScalar code)
                Add(code, null, null, defaults);
            else if (item is YamlMap full && full.Scalar("id") is { } id)
                Add(id, full, null, defaults);
        }

        foreach (var (key, value) in file.Map("stores")?.Entries ?? [])
            Add(key, value as YamlMap, value as YamlScalar, defaults);
    }

    private void Add(YamlScalar id, YamlMap? full, YamlScalar? shortCategory, YamlMap? defaults)
    {
        if (_places.TryGetValue(id.Value, out var first))
        {
            findings.Error(id.Place, "STORE_TWICE", id.Value, first.ToString());
            return;
        }

        _places.Add(id.Value, id.Place);
        var category =
            CategoryOf(id, full?.Scalar("category") ?? shortCategory ?? defaults?.Scalar("category"));
        var mall = MallReference.Find(full?.Scalar("mall") ?? defaults?.Scalar("mall"), id, malls, findings);
        if (mall is not null)
            _stores.Add(id.Value, new(id.Value, full?.Text("name") ?? id.Value, category, mall));
    }

    private string CategoryOf(YamlScalar store, YamlScalar? named)
    {
        if (named is null)
            findings.Error(store.Place, "STORE_NO_CATEGORY", store.Value);
        else if (!categories.ContainsKey(named.Value))
            findings.Unknown(
                named.Place, "CATEGORY_UNKNOWN", named.Value, categories.Keys.Order(StringComparer.Ordinal));
        return named?.Value ?? "";
    }
}
