using System.Collections.Immutable;

namespace MallVip.Rules.Checking;

/// <summary>What a finding means for the programme.</summary>
public enum Severity
{
    /// <summary>The programme cannot be published.</summary>
    Error,
    /// <summary>It can, but somebody should look.</summary>
    Warning,
}

/// <summary>
/// One finding in a programme's files. Code and arguments say it all; the sentence is made in the reader's
/// language by <see cref="Message"/>.
/// </summary>
/// <param name="Code">Stable, upper case: <c>RULE_NO_ACTION</c>. Listed in
/// <c>docs/diagnostics.md</c>.</param>
/// <param name="Place">Where.</param>
/// <param name="Args">What the sentence names, in the order of its template.</param>
public sealed record Diagnostic(string Code, Place Place, ImmutableArray<string> Args)
{
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>
    /// A template of its own for the hint; null: the hint that belongs to the code, if it has one.
    /// </summary>
    public string? HintCode { get; init; }

    public ImmutableArray<string> HintArgs { get; init; } = [];

    /// <summary>What is wrong, in one sentence.</summary>
    public string Message(Language language) => Texts.Of(language).Message(Code, Args);

    /// <summary>What to do about it; null: the message says enough.</summary>
    public string? Hint(Language language) => HintCode is { } code
        ? Texts.Of(language).Message(code, HintArgs)
        : Texts.Of(language).Hint(Code, Args);

    /// <summary><c>file:line:column: error CODE: message Hint.</c></summary>
    public string ToString(Language language)
    {
        var kind = Severity == Severity.Error ? "error" : "warning";
        var hint = Hint(language);
        return $"{Place}: {kind} {Code}: {Message(language)}{(hint is null ? "" : " " + hint)}";
    }

    public override string ToString() => ToString(Language.English);
}
