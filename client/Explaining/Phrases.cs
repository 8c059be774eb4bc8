using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MallVip.Client.Wire;
using MallVip.Rules.Checking;

namespace MallVip.Client.Explaining;

/// <summary>The phrases of explanations in one language, from the resource files of this folder.</summary>
public sealed class Phrases
{
    private readonly FrozenDictionary<string, string> _texts;

    private Phrases(Language language, string tag)
    {
        Language = language;
        using var stream = typeof(Phrases).Assembly.GetManifestResourceStream($"why/{tag}.json")
            ?? throw new InvalidOperationException($"The resource why/{tag}.json is not in the build.");
        _texts = JsonSerializer.Deserialize(stream, ApiJson.Default.DictionaryStringString)!
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static Phrases English { get; } = new(Language.English, "en");

    public static Phrases Chinese { get; } = new(Language.Chinese, "zh");

    public Language Language { get; }

    /// <summary>The phrases by key, the same keys in every language.</summary>
    public IReadOnlyDictionary<string, string> All => _texts;

    public static Phrases Of(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>Null: there is no such phrase.</summary>
    public string? Find(string key) => _texts.GetValueOrDefault(key);

    /// <summary>A phrase with its places filled. What fills a place is not read for places again.</summary>
    public string Fill(string key, params ReadOnlySpan<(string Place, string Value)> values)
    {
        var text = new StringBuilder();
        var rest = _texts[key].AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            var close = rest.IndexOf('}');
            text.Append(rest[..open]).Append(Value(rest[(open + 1)..close], values));
            rest = rest[(close + 1)..];
        }

        return text.Append(rest).ToString();
    }

    public string Join(string key, IEnumerable<string> items) => string.Join(_texts[key], items);

    /// <summary>A number with thousands apart.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time on a wall clock.</summary>
    public string Time(DateTime local) => local.ToString(_texts["time"], CultureInfo.InvariantCulture);

    private static string Value(ReadOnlySpan<char> place, ReadOnlySpan<(string Place, string Value)> values)
    {
        foreach (var (name, value) in values)
            if (place.SequenceEqual(name))
                return value;
        throw new InvalidOperationException($"Nothing fills '{place}'.");
    }
}
