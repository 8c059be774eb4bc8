using System.Collections.Frozen;
using System.Text.Json;
using MallVip.Client.Wire;
using MallVip.Rules.Checking;

namespace MallVip.Client.Texts;

/// <summary>The texts that people see, from the resource files <c>en.json</c> and <c>zh.json</c>.</summary>
public static class Text
{
    private static readonly FrozenDictionary<string, string> English = Load("en");
    private static readonly FrozenDictionary<string, string> Chinese = Load("zh");

    /// <summary>The text of a key; null: there is none.</summary>
    public static string? Find(Language language, string key) => All(language).GetValueOrDefault(key);

    /// <summary>The text of a key that must exist.</summary>
    public static string Of(Language language, string key) =>
        Find(language, key) ?? throw new InvalidOperationException($"No text '{key}' in {language}.");

    /// <summary>The usual name of an id, <c>name.tier.gold</c>; null: it is not a usual one.</summary>
    public static string? FindName(Language language, string kind, string id) =>
        Find(language, $"name.{kind}.{id}");

    /// <summary>All texts of a language, by key.</summary>
    public static FrozenDictionary<string, string> All(Language language) =>
        language == Language.Chinese ? Chinese : English;

    internal static FrozenDictionary<string, string> Load(string tag)
    {
        using var stream = typeof(Text).Assembly.GetManifestResourceStream($"texts/{tag}.json")
            ?? throw new InvalidOperationException($"The resource texts/{tag}.json is not in the build.");
        return JsonSerializer.Deserialize(stream, ApiJson.Default.DictionaryStringString)!
            .ToFrozenDictionary(StringComparer.Ordinal);
    }
}
