using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>And, or, not and the choice. A deciding operand absorbs the error of the other side.</summary>
internal sealed partial class CelEmitter
{
    private CelCode EmitLogic(CelCall call)
    {
        var isAnd = call.Function == CelOperators.And;
        var operands = call.Arguments.Select(argument => EmitAs(argument, typeof(bool))).ToArray();
        if (operands.Any(operand => operand.Constant is { } known && known.AsBool != isAnd))
            return CelCode.Of(CelValue.Of(!isAnd));
        var open = operands.Where(operand => operand.Constant is null).ToArray();
        return open.Length == 0 ? CelCode.Of(CelValue.Of(isAnd)) : Balanced(open, isAnd);
    }

    /// <summary>Halves the operands, so that a long chain does not become a deep tree.</summary>
    private CelCode Balanced(ReadOnlySpan<CelCode> operands, bool isAnd)
    {
        if (operands.Length == 1)
            return operands[0];
        var half = operands.Length / 2;
        return Pair(Balanced(operands[..half], isAnd), Balanced(operands[half..], isAnd), isAnd);
    }

    private CelCode Pair(CelCode left, CelCode right, bool isAnd)
    {
        var plain = isAnd ? Expression.AndAlso(left.Value, right.Value)
            : Expression.OrElse(left.Value, right.Value);
        if (!left.CanFail)
            return new CelCode(plain, right.CanFail);
        var slot = Expression.Variable(typeof(bool));
        var second = Expression.Variable(typeof(bool));
        var error = Expression.Variable(typeof(CelError));
        var decides = isAnd ? Expression.Not(slot) : (Expression)slot;
        var secondDecides = isAnd ? Expression.Not(second) : (Expression)second;
        var afterFailure = Expression.Block(
            Expression.Assign(error, Error),
            Expression.Assign(Error, NoError),
            Expression.Assign(second, right.Value),
            Expression.IfThen(
                Expression.OrElse(HasFailed, Expression.Not(secondDecides)),
                Expression.Assign(Error, error)),
            second);
        var whole = Expression.Block(typeof(bool), [slot, second, error],
            Expression.Assign(slot, left.Value),
            Expression.Condition(
                HasFailed,
                afterFailure,
                Expression.Condition(decides, Expression.Constant(!isAnd), right.Value)));
        return new CelCode(whole, true);
    }

    private CelCode EmitNot(CelCall call)
    {
        var operand = EmitAs(call.Arguments[0], typeof(bool));
        return operand.Constant is { } known
            ? CelCode.Of(CelValue.Of(!known.AsBool))
            : new CelCode(Expression.Not(operand.Value), operand.CanFail);
    }

    private CelCode EmitConditional(CelCall call)
    {
        var type = CelCoercion.HostType(call.Type);
        var condition = EmitAs(call.Arguments[0], typeof(bool));
        var left = EmitAs(call.Arguments[1], type);
        var right = EmitAs(call.Arguments[2], type);
        if (condition.Constant is { } known)
            return known.AsBool ? left : right;
        var code = Strict([condition], values =>
            Expression.Condition(values[0], left.Value, right.Value), type, false);
        return code with { CanFail = code.CanFail || left.CanFail || right.CanFail };
    }
}
