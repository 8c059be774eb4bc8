namespace MallVip.Rules.Cel;

/// <summary>What checking gave: an expression, or everything that is wrong with the source.</summary>
public sealed class CelCompilation<TContext>
{
    internal CelCompilation(IReadOnlyList<CelDiagnostic> diagnostics, CelExpression<TContext>? expression)
    {
        Diagnostics = diagnostics;
        Expression = expression;
    }

    /// <summary>
    /// All mistakes in the order of the source; empty when there is an <see cref="Expression"/>.
    /// </summary>
    public IReadOnlyList<CelDiagnostic> Diagnostics { get; }

    public CelExpression<TContext>? Expression { get; }
}
