using MallVip.Rules.Cel;

namespace MallVip.Rules.Explaining;

/// <summary>What one part of an expression came to.</summary>
/// <param name="Text">The part in one spelling: blanks, quotes and needless parentheses normalised.</param>
/// <param name="Depth">0: the whole; each operand is one deeper than its operator.</param>
/// <param name="Line">Of the operator or name, from 1, within the expression.</param>
/// <param name="Column">From 1, within the expression.</param>
/// <param name="IsRead">Read from the event or the member; else computed of other parts.</param>
/// <param name="Value">An error value where it failed; null: it was not needed, since the other operand of
/// <c>&amp;&amp;</c>, <c>||</c> or the condition of <c>?:</c> had decided.</param>
public sealed record SubValue(
    string Text, int Depth, int Line, int Column, bool IsRead, CelValue? Value)
{
    /// <summary>Whether the value was needed.</summary>
    public bool IsNeeded => Value is not null;

    /// <summary>The value in words; null: it was not needed.</summary>
    public string? Shown => Value is { } value ? ShownValue.Of(value) : null;
}
