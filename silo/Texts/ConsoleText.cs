using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Silo.Texts;

/// <summary>
/// What the command line says to an operator, in Chinese or English. The language is <c>MALLVIP_LANG</c> if
/// set, else that of <c>LC_ALL</c> or <c>LANG</c>; anything but Chinese is English.
/// </summary>
public sealed class ConsoleText
{
    private static readonly Lazy<ConsoleText> FromEnvironment = new(() => Load(IsChinese() ? "zh" : "en"));

    private readonly FrozenDictionary<string, string> _texts;

    private ConsoleText(FrozenDictionary<string, string> texts) => _texts = texts;

    /// <summary>The language of this process's environment.</summary>
    public static ConsoleText Current => FromEnvironment.Value;

    /// <summary>The keys, the same in every language.</summary>
    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>Whether there is a text of this key.</summary>
    public bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>Whether the environment asks for Chinese.</summary>
    public static bool IsChinese()
    {
        var wish = new[] { "MALLVIP_LANG", "LC_ALL", "LANG" }
            .Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return wish?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>The texts of <c>en</c> or <c>zh</c>.</summary>
    public static ConsoleText Load(string language)
    {
        using var stream = typeof(ConsoleText).Assembly.GetManifestResourceStream($"console/{language}.json")
            ?? throw new InvalidOperationException(
                $"The resource console/{language}.json is not in the build.");
        return new(JsonSerializer.Deserialize(stream, ConsoleTextJson.Default.Texts)!.ToFrozenDictionary(
            StringComparer.Ordinal));
    }

    /// <summary>
    /// The text of a key with its places <c>{0}</c>, <c>{1}</c> filled; numbers with thousands apart.
    /// </summary>
    public string Format(string key, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, _texts[key], values);
}

[JsonSerializable(typeof(Dictionary<string, string>), TypeInfoPropertyName = "Texts")]
internal sealed partial class ConsoleTextJson : JsonSerializerContext;
