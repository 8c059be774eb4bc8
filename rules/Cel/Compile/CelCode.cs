using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>
/// Compiled code of a node: an expression in the node's natural host type, whether it can leave an error in
/// the state, and its value where that is known already.
/// </summary>
internal readonly record struct CelCode(Expression Value, bool CanFail, CelValue? Constant = null)
{
    public Type HostType => Value.Type;

    public static CelCode Of(CelValue constant) => constant.Kind switch
    {
        CelKind.Bool => new(Expression.Constant(constant.AsBool), false, constant),
        CelKind.Int => new(Expression.Constant(constant.AsInt), false, constant),
        CelKind.Uint => new(Expression.Constant(constant.AsUint), false, constant),
        CelKind.Double => new(Expression.Constant(constant.AsDouble), false, constant),
        CelKind.Decimal => new(Expression.Constant(constant.AsDecimal), false, constant),
        CelKind.String => new(Expression.Constant(constant.AsString), false, constant),
        CelKind.Bytes => new(Expression.Constant(constant.AsBytes), false, constant),
        CelKind.Timestamp => new(Expression.Constant(constant.AsTimestamp), false, constant),
        CelKind.Duration => new(Expression.Constant(constant.AsDuration), false, constant),
        _ => new(Boxed(constant), false, constant),
    };

    /// <summary>A language value as a constant, unpacked from a holder without allocation.</summary>
    public static Expression Boxed(CelValue constant) =>
        Expression.Field(Expression.Constant(new CelHolder(constant)), nameof(CelHolder.Value));
}

/// <summary>Keeps a constant that compiled code reads.</summary>
internal sealed class CelHolder(CelValue value)
{
    public readonly CelValue Value = value;
}
