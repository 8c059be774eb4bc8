using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;

namespace MallVip.Rules.Checking;

/// <summary>
/// One sentence for whoever asked, written in English where it is made. An interpolated string becomes one
/// whole: its template (<c>No wallet is called {0}.</c>) says which sentence it is, so that another language
/// can be found for it, and its arguments fill the places of any of them.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sentence : IEquatable<Sentence>
{
    private readonly ImmutableArray<string>.Builder _args;

    /// <param name="template">English, its places written {0}, {1} …</param>
    /// <param name="args">What fills the places; invariant, and never personal data.</param>
    [JsonConstructor]
    public Sentence(string template, ImmutableArray<string> args)
    {
        Template = template;
        _args = ImmutableArray.CreateBuilder<string>(args.IsDefault ? 0 : args.Length);
        _args.AddRange(args.IsDefault ? [] : args);
    }

    /// <summary>For the compiler, at the start of an interpolated string.</summary>
    public Sentence(int literalLength, int formattedCount)
    {
        _ = literalLength;
        Template = "";
        _args = ImmutableArray.CreateBuilder<string>(formattedCount);
    }

    /// <summary>The sentence in English without its arguments.</summary>
    public string Template { get; private set; }

    public ImmutableArray<string> Args => _args.ToImmutable();

    /// <summary>The whole in Chinese where it is known already; null: look the template up.</summary>
    public string? Chinese { get; init; }

    public static implicit operator Sentence(string text) => new(text, []);

    [return: NotNullIfNotNull(nameof(sentence))]
    public static implicit operator string?(Sentence? sentence) => sentence?.ToString();

    public void AppendLiteral(string text) => Template += text;

    public void AppendFormatted<T>(T value, string? format = null)
    {
        Template += $"{{{_args.Count}}}";
        _args.Add(value is IFormattable formattable
            ? formattable.ToString(format, CultureInfo.InvariantCulture)
            : value?.ToString() ?? "");
    }

    /// <summary>A template of any language with this sentence's arguments in its places.</summary>
    public string Fill(string template)
    {
        if (_args.Count == 0)
            return template;
        var text = new StringBuilder(template);
        for (var i = 0; i < _args.Count; i++)
            text.Replace($"{{{i}}}", _args[i]);
        return text.ToString();
    }

    /// <summary>The sentence in English.</summary>
    public override string ToString() => Fill(Template);

    public bool Equals(Sentence? other) =>
        other is not null && Template == other.Template && _args.SequenceEqual(other._args);

    public override bool Equals(object? obj) => Equals(obj as Sentence);

    public override int GetHashCode() => Template.GetHashCode(StringComparison.Ordinal);
}
