using System.Text;

namespace MallVip.Silo.Import.Values;

/// <summary>How a template writes a column: <c>{column:format}</c>, several joined by commas.</summary>
internal abstract record ColumnFormat
{
    private ColumnFormat()
    {
    }

    /// <summary>The text as written; null when the cell does not fit.</summary>
    public abstract string? Apply(string text);

    /// <summary>The format of that name; null when there is none.</summary>
    public static ColumnFormat? Named(string name) => name switch
    {
        "upper" => new Upper(),
        "lower" => new Lower(),
        "alnum" => new Alphanumeric(),
        "digits" => new Digits(),
        _ when name.Length > 0 && name.All(c => c == '0') => new Padded(name.Length),
        _ => null,
    };

    /// <summary><c>upper</c>: capital letters.</summary>
    internal sealed record Upper : ColumnFormat
    {
        public override string Apply(string text) => text.ToUpperInvariant();
    }

    /// <summary><c>lower</c>: small letters.</summary>
    internal sealed record Lower : ColumnFormat
    {
        public override string Apply(string text) => text.ToLowerInvariant();
    }

    /// <summary><c>alnum</c>: only letters and digits are kept.</summary>
    internal sealed record Alphanumeric : ColumnFormat
    {
        public override string? Apply(string text) => Keep(text, char.IsLetterOrDigit);
    }

    /// <summary><c>digits</c>: only the digits 0 to 9 are kept.</summary>
    internal sealed record Digits : ColumnFormat
    {
        public override string? Apply(string text) => Keep(text, char.IsAsciiDigit);
    }

    /// <summary>
    /// <c>000</c>: a whole number without sign, with zeros in front up to that width; a longer one does not
    /// fit.
    /// </summary>
    internal sealed record Padded(int Width) : ColumnFormat
    {
        public override string? Apply(string text) =>
            text.Length <= Width && text.All(char.IsAsciiDigit) ? text.PadLeft(Width, '0') : null;
    }

    private static string? Keep(string text, Func<char, bool> kept)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (kept(c))
                result.Append(c);
        }
        return result.Length == 0 ? null : result.ToString();
    }
}
