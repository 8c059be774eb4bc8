namespace MallVip.Rules.Cel;

internal enum CelTokenKind
{
    End,
    Ident,
    QuotedIdent,
    Keyword,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Symbol,
}

/// <summary>
/// One token; <see cref="Value"/> is set for literals, <see cref="Text"/> is the source text.
/// </summary>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, CelSpan Span, CelValue Value)
{
    public bool Is(string symbol) => Kind is CelTokenKind.Symbol or CelTokenKind.Keyword && Text == symbol;
}
