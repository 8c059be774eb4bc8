using MallVip.Rules.Cel;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>A value that an expression gives: an attribute's, or one of an effect's data.</summary>
/// <param name="type">The attribute's type; null: whatever the expression gives.</param>
internal sealed class ExpressionValue(CelExpression<EvalContext> expression, FieldType? type) : IValue
{
    /// <summary>The longest text, in UTF-16 units.</summary>
    public const int MaxText = 1_000;

    /// <summary>Whether values of a static type can be kept; what is not known until it runs can.</summary>
    public static bool CanKeep(CelType type) => type.Kind is CelTypeKind.Dyn or CelTypeKind.Bool
        or CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double or CelTypeKind.Decimal
        or CelTypeKind.String or CelTypeKind.Timestamp or CelTypeKind.Opaque;

    public FieldValue? Evaluate(EvalContext context, out RuleFault? fault)
    {
        var value = expression.Evaluate(context, context.Steps);
        context.Note(value.IsError ? value.AsError : null);
        var kept = value.IsError ? null : Keep(value);
        fault = value.IsError ? new(value.AsError.Code, value.AsError.Message)
            : kept is null ? new(CelCodes.WrongResult, $"{value.Type} cannot be kept as a value.")
            : null;
        return kept;
    }

    /// <summary>What it gives whatever happens; null: that is not known before.</summary>
    public FieldValue? Constant => expression.Constant is { IsError: false } value ? Keep(value) : null;

    private FieldValue? Keep(CelValue value) => value.Kind switch
    {
        CelKind.Bool => new FieldValue.Flag(value.AsBool),
        CelKind.Int => new FieldValue.Number(value.AsInt),
        CelKind.Uint => new FieldValue.Number(value.AsUint),
        CelKind.Decimal => new FieldValue.Number(value.AsDecimal),
        CelKind.Double => Number(value.AsDouble),
        CelKind.String when type == FieldType.Date =>
            Forms.ReadDay(value.AsString) is { } day ? new FieldValue.Date(day) : null,
        CelKind.String => value.AsString.Length <= MaxText ? new FieldValue.Text(value.AsString) : null,
        CelKind.Timestamp => new FieldValue.Moment(value.AsTimestamp.ToDateTimeOffset()),
        CelKind.Opaque => value.AsObject as FieldValue,
        _ => null,
    };

    private static FieldValue.Number? Number(double value) =>
        Math.Abs(value) <= (double)Quantities.Money.Limit ? new((decimal)value) : null;
}
