namespace MallVip.Silo.Import.Maps;

/// <summary>A mistake in a MAP.yaml.</summary>
/// <param name="Code">One of <see cref="MapErrors"/>.</param>
/// <param name="File">As named on the command line.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What would be right; may be empty.</param>
public sealed record MapDiagnostic(
    string Code, string File, int Line, int Column, string Message, string Hint)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Code}: {Message}" + (Hint.Length == 0 ? "" : $"\n  hint: {Hint}");
}

/// <summary>Codes of the mistakes a map can have.</summary>
public static class MapErrors
{
    /// <summary>The file is not YAML.</summary>
    public const string Syntax = "yaml_syntax";

    /// <summary>A key that means nothing here.</summary>
    public const string UnknownKey = "unknown_key";

    /// <summary>A key that must be there.</summary>
    public const string MissingKey = "missing_key";

    /// <summary>A text where a list is wanted, or the like.</summary>
    public const string WrongShape = "wrong_shape";

    /// <summary>A text that is none of those allowed.</summary>
    public const string BadValue = "bad_value";

    /// <summary>A column that neither the file nor a join has.</summary>
    public const string UnknownColumn = "unknown_column";

    /// <summary>A template whose braces do not close.</summary>
    public const string BadTemplate = "bad_template";

    /// <summary>A format after a colon that does not exist.</summary>
    public const string UnknownFormat = "unknown_format";

    /// <summary>A function that does not exist.</summary>
    public const string UnknownFunction = "unknown_function";

    /// <summary>A time zone that this machine does not know.</summary>
    public const string UnknownZone = "unknown_zone";

    /// <summary>A joined file that cannot be read.</summary>
    public const string BadJoin = "join_unreadable";

    /// <summary>Two events of one row have the same id.</summary>
    public const string SameId = "id_not_unique";

    /// <summary>The map does not fit the word after <c>import</c>.</summary>
    public const string WrongKind = "wrong_kind";
}
