namespace MallVip.Rules.Cel;

/// <summary>
/// What is wrong with an expression and where: line and column are 1-based in UTF-16 units, length is at
/// least 1. <see cref="Message"/> and <see cref="Hint"/> are English; their codes and arguments serve other
/// languages.
/// </summary>
public sealed record CelDiagnostic(string Code, int Line, int Column, int Length, string Message,
    string? Hint)
{
    /// <summary>
    /// What fills the template of <see cref="Code"/> in <see cref="CelMessages.Templates"/>.
    /// </summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>The template of the hint, null where there is none.</summary>
    public string? HintCode { get; init; }

    public IReadOnlyList<string> HintArgs { get; init; } = [];

    internal static CelDiagnostic At(
        CelSpan span, string code, IReadOnlyList<string> args, string? hintCode = null,
            params string[] hintArgs) =>
        new(code, span.Line, span.Column, Math.Max(1, span.Length), CelMessages.Format(code, args),
            hintCode is null ? null : CelMessages.Format(hintCode, hintArgs))
        {
            Args = args,
            HintCode = hintCode,
            HintArgs = hintCode is null ? [] : hintArgs,
        };
}
