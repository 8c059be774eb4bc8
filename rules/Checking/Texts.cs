using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace MallVip.Rules.Checking;

/// <summary>
/// The sentences of one language, from the embedded file <c>Texts.en.json</c> or <c>Texts.zh.json</c>.
/// </summary>
public sealed class Texts
{
    private static readonly Texts English = Read("en");
    private static readonly Texts Chinese = Read("zh");

    private readonly FrozenDictionary<string, Text> _byCode;

    private Texts(FrozenDictionary<string, Text> byCode) => _byCode = byCode;

    public static Texts Of(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>Every code that has a sentence.</summary>
    public IEnumerable<string> Codes => _byCode.Keys;

    /// <summary>
    /// The sentence of a code; an unknown code is shown with its arguments rather than lost.
    /// </summary>
    public string Message(string code, ImmutableArray<string> args) =>
        _byCode.TryGetValue(code, out var text)
            ? Fill(text.Message, args)
            : $"{code}: {string.Join(", ", args)}";

    /// <summary>What to do; null: nothing beyond the message.</summary>
    public string? Hint(string code, ImmutableArray<string> args) =>
        _byCode.TryGetValue(code, out var text) && text.Hint is { } hint ? Fill(hint, args) : null;

    private static string Fill(string template, ImmutableArray<string> args)
    {
        if (!template.Contains('{', StringComparison.Ordinal))
            return template;
        var filled = new System.Text.StringBuilder(template.Length + 32);
        for (var at = 0; at < template.Length; at++)
        {
            var isSlot = template[at] == '{' && at + 2 < template.Length && template[at + 2] == '}' &&
                char.IsAsciiDigit(template[at + 1]);
            if (!isSlot)
            {
                filled.Append(template[at]);
                continue;
            }

            var slot = template[at + 1] - '0';
            filled.Append(slot < args.Length ? args[slot] : "?");
            at += 2;
        }

        return filled.ToString();
    }

    private static Texts Read(string language)
    {
        var name = $"MallVip.Rules.Checking.Texts.{language}.json";
        using var stream = typeof(Texts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        using var document = JsonDocument.Parse(stream);
        var texts = new Dictionary<string, Text>(StringComparer.Ordinal);
        foreach (var entry in document.RootElement.EnumerateObject())
            texts.Add(entry.Name, ReadText(entry.Value));
        return new(texts.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static Text ReadText(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? new(value.GetString()!, null)
        : new(value[0].GetString()!, value[1].GetString());

    private sealed record Text(string Message, string? Hint);
}
