namespace MallVip.Rules.Cel;

/// <summary>
/// Why an evaluation failed. Line and column are 1-based and name the failing operation; 0 where there is
/// none.
/// </summary>
public sealed record CelError(string Code, string Message, int Line, int Column)
{
    /// <summary>What fills the template of <see cref="Code"/>, for a layer that localises.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    internal int Offset { get; init; }

    /// <summary>An error of a host function; the expression adds the position.</summary>
    public static CelError Of(string code, string message) => new(code, message, 0, 0);
}
