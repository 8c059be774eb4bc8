using System.Globalization;
using MallVip.Rules.Cel;

namespace MallVip.Rules.Programmes.Meaning;

/// <summary>The numbers that one comparison with a literal lets through.</summary>
/// <param name="What">What is compared, in canonical text.</param>
/// <param name="Least">Null: no lower bound.</param>
/// <param name="Most">Null: no upper bound.</param>
/// <param name="Open">The bound itself is not let through.</param>
internal sealed record NumberRange(string What, decimal? Least, decimal? Most, bool Open)
{
    /// <summary>Null: no comparison of something with a number.</summary>
    public static NumberRange? Of(CelNode node)
    {
        if (node is not CelCall { Arguments: [var left, var right] } call)
            return null;
        if (NumberOf(right) is { } bound)
            return Of(call.Function, left, bound);
        return NumberOf(left) is { } mirrored ? Of(Mirror(call.Function), right, mirrored) : null;
    }

    /// <summary>Whether no number is let through by both.</summary>
    public bool Excludes(NumberRange other) =>
        string.Equals(What, other.What, StringComparison.Ordinal)
        && (IsBelow(other) || other.IsBelow(this));

    private bool IsBelow(NumberRange other) =>
        Most is { } most && other.Least is { } least
        && (most < least || (most == least && (Open || other.Open)));

    private static NumberRange? Of(string function, CelNode what, decimal bound)
    {
        var text = CelCanonicalText.Of(what);
        return function switch
        {
            CelOperators.Less => new(text, null, bound, true),
            CelOperators.LessOrEqual => new(text, null, bound, false),
            CelOperators.Greater => new(text, bound, null, true),
            CelOperators.GreaterOrEqual => new(text, bound, null, false),
            CelOperators.Equal => new(text, bound, bound, false),
            _ => null,
        };
    }

    private static string Mirror(string function) => function switch
    {
        CelOperators.Less => CelOperators.Greater,
        CelOperators.LessOrEqual => CelOperators.GreaterOrEqual,
        CelOperators.Greater => CelOperators.Less,
        CelOperators.GreaterOrEqual => CelOperators.LessOrEqual,
        _ => function,
    };

    private static decimal? NumberOf(CelNode node) => node switch
    {
        CelLiteral { Value.Kind: CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Decimal } literal
            when decimal.TryParse(
                literal.Text.TrimEnd('u', 'U'), NumberStyles.Float, CultureInfo.InvariantCulture,
                    out var value)
            => value,
        CelCall { Function: CelOperators.Negate, Arguments: [var operand] } => -NumberOf(operand),
        _ => null,
    };
}
