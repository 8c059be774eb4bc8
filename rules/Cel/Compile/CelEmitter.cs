using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>A delegate of a compiled expression.</summary>
internal delegate TResult CelDelegate<in TContext, out TResult>(TContext context, ref CelState state);

/// <summary>
/// Checked nodes to expression trees. Where types are known the code works on host types without boxing;
/// errors travel in the state, and only code that can fail is followed by a look at it.
/// </summary>
internal sealed partial class CelEmitter(ParameterExpression context)
{
    private const long FoldBudget = 10_000;

    private static readonly Expression NoError = Expression.Constant(null, typeof(CelError));

    private readonly ParameterExpression _state =
        Expression.Parameter(typeof(CelState).MakeByRefType(), "state");

    private MemberExpression Error => Expression.Field(_state, nameof(CelState.Error));

    private Expression HasFailed => Expression.ReferenceNotEqual(Error, NoError);

    /// <summary>A delegate that gives the expression in the wanted host type.</summary>
    public static CelDelegate<TContext, TResult> Compile<TContext, TResult>(
        CelNode root, bool preferInterpretation = false)
    {
        var context = Expression.Parameter(typeof(TContext), "context");
        var emitter = new CelEmitter(context);
        var code = emitter.Coerce(emitter.Emit(root), root, typeof(TResult));
        return Expression.Lambda<CelDelegate<TContext, TResult>>(code.Value, context, emitter._state)
            .Compile(preferInterpretation: preferInterpretation);
    }

    /// <summary>
    /// The value that folding constants finds; null where it depends on the context or fails.
    /// </summary>
    public static CelValue? Fold<TContext>(CelNode root) =>
        new CelEmitter(Expression.Parameter(typeof(TContext))).Emit(root).Constant;

    private CelCode Emit(CelNode node) => node switch
    {
        CelLiteral literal => CelCode.Of(literal.Value),
        CelIdent ident => ident.Binding is { } binding
            ? EmitBinding(binding, ident)
            : Failing(ident, CelCodes.UnknownVariable, ident.Name),
        CelSelect select => EmitSelect(select),
        CelCall call => EmitCall(call),
        CelListNode list => EmitList(list),
        CelMapNode map => EmitMap(map),
        CelMacro macro => EmitMacro(macro),
        CelBind bind => EmitBind(bind),
        _ => throw new InvalidOperationException($"unknown node {node.GetType()}"),
    };

    /// <summary>Emits a node in the host type of its own static type.</summary>
    private CelCode EmitTyped(CelNode node) => Coerce(Emit(node), node, CelCoercion.HostType(node.Type));

    private CelCode EmitAs(CelNode node, Type hostType) => Coerce(Emit(node), node, hostType);

    private CelCode Coerce(CelCode code, CelNode node, Type hostType)
    {
        if (code.HostType == hostType)
            return code;
        if (hostType == typeof(CelValue))
            return code.Constant is { } known
                ? new CelCode(CelCode.Boxed(known), false, known)
                : Strict([code], values =>
                    CelCoercion.Box(values[0], node.Type), hostType, addsFailure: false);
        if (hostType == typeof(decimal) && (code.HostType == typeof(long) || code.HostType == typeof(ulong)))
            return code.Constant is { } number
                ? CelCode.Of(CelValue.Of(CelEquality.ToDecimal(number)))
                : new CelCode(Expression.Convert(code.Value, typeof(decimal)), code.CanFail);
        if (code.HostType != typeof(CelValue) && hostType.IsAssignableFrom(code.HostType)
            && !code.HostType.IsValueType)
            return code with { Value = Expression.Convert(code.Value, hostType) };
        var boxed = code.HostType == typeof(CelValue) ? code : Coerce(code, node, typeof(CelValue));
        return Failable(node, [boxed], values => CelCoercion.Unbox(_state, values[0], hostType), hostType);
    }

    /// <summary>An operation that can fail, with its place in the source noted before it runs.</summary>
    private CelCode Failable(CelNode node, CelCode[] operands, Func<Expression[], Expression> build,
        Type type) =>
        Strict(operands, values =>
            Expression.Block(type, Mark(node), build(values)), type, addsFailure: true);

    /// <summary>Evaluates operands in order and stops at the first that failed.</summary>
    private CelCode Strict(CelCode[] operands, Func<Expression[], Expression> build, Type type,
        bool addsFailure)
    {
        var canFail = addsFailure || operands.Any(operand => operand.CanFail);
        if (!operands.Any(operand => operand.CanFail))
            return new CelCode(build([.. operands.Select(operand => operand.Value)]), canFail);
        var slots = operands.Select(operand => Expression.Variable(operand.HostType)).ToArray();
        var body = build([.. slots]);
        for (var i = operands.Length - 1; i >= 0; i--)
        {
            var rest = operands[i].CanFail
                ? Expression.Condition(HasFailed, Expression.Default(type), body, type)
                : body;
            body = Expression.Block(type, Expression.Assign(slots[i], operands[i].Value), rest);
        }
        return new CelCode(Expression.Block(type, slots, body), canFail);
    }

    private BinaryExpression Mark(CelNode node) =>
        Expression.Assign(Expression.Field(_state, nameof(CelState.At)),
            Expression.Constant(node.Span.Offset));

    private CelCode Failing(CelNode node, string code, params string[] args)
    {
        var type = CelCoercion.HostType(node.Type);
        return new CelCode(Expression.Block(type, Mark(node), FailCall(code, args), Expression.Default(type)),
            true);
    }

    private MethodCallExpression FailCall(string code, string[] args) => Expression.Call(
        _state, typeof(CelState).GetMethod(nameof(CelState.Fail), [typeof(string), typeof(string[])])!,
        Expression.Constant(code), Expression.Constant(args));

    private MethodCallExpression Helper(string name, params Expression[] arguments) =>
        Expression.Call(typeof(CelOps), name, null, [_state, .. arguments]);
}
