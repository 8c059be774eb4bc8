using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace MallVip.Rules.Cel;

/// <summary>
/// A checked expression. Safe for any number of threads; it is compiled on first use, once per host type
/// asked for. Evaluation throws nothing of its own, and typical conditions allocate nothing.
/// </summary>
public sealed class CelExpression<TContext>
{
    private readonly long _budget;
    private readonly Lock _gate;
    private readonly Lazy<CelDelegate<TContext, CelValue>> _boxed;
    private readonly Lazy<CelDelegate<TContext, bool>> _bool;
    private readonly Lazy<CelDelegate<TContext, decimal>> _decimal;
    private readonly Lazy<CelDelegate<TContext, long>> _long;
    private readonly Lazy<CelDelegate<TContext, string>> _string;
    private readonly Lazy<CelReads> _reads;
    private readonly Lazy<IReadOnlyList<CelConjunct<TContext>>> _conjuncts;
    private readonly Lazy<CelValue?> _constant;
    private bool _isPart;
    private ConcurrentDictionary<CelNode, CelExpression<TContext>>? _parts;

    internal CelExpression(string source, CelNode root, CelType? expected, long budget, Lock gate)
    {
        _gate = gate;
        Source = source;
        Root = root;
        _budget = budget;
        Type = expected?.Kind == CelTypeKind.Decimal ? CelType.Decimal : root.Type;
        _boxed = Delegate<CelValue>();
        _bool = Delegate<bool>();
        _decimal = Delegate<decimal>();
        _long = Delegate<long>();
        _string = Delegate<string>();
        _reads = new Lazy<CelReads>(() => CelReadsCollector.Collect(Root));
        _conjuncts = new Lazy<IReadOnlyList<CelConjunct<TContext>>>(
            () => [.. CelConjuncts.Split(Root).Select(node =>
                new CelConjunct<TContext>(source, node, budget, gate))]);
        _constant = new Lazy<CelValue?>(FindConstant);
    }

    public string Source { get; }

    /// <summary>The static type; Decimal when that was expected.</summary>
    public CelType Type { get; }

    public CelNode Root { get; }

    public CelReads Reads => _reads.Value;

    /// <summary>The operands of the outermost &amp;&amp;; the expression itself when there is none.</summary>
    public IReadOnlyList<CelConjunct<TContext>> Conjuncts => _conjuncts.Value;

    /// <summary>The value of an expression that is the same in every context; null for others.</summary>
    public CelValue? Constant => _constant.Value;

    /// <summary>The value; a failed evaluation comes back as an error value.</summary>
    /// <param name="steps">At most so many steps, if that is less than the budget it was compiled with.
    /// </param>
    public CelValue Evaluate(TContext context, long steps = long.MaxValue)
    {
        if (Type.Kind == CelTypeKind.Decimal && Root.Type.Kind != CelTypeKind.Decimal)
            return TryEvaluate(context, out decimal number, out var problem, steps) ? CelValue.Of(number)
                : CelValue.Of(problem);
        return Run(_boxed.Value, context, out var value, out var error, steps) ? value : CelValue.Of(error);
    }

    /// <summary>For a condition: whether it holds; an error counts as not holding.</summary>
    public bool Matches(TContext context) => TryEvaluate(context, out bool holds, out _) && holds;

    /// <param name="steps">As in <see cref="Evaluate"/>.</param>
    public bool TryEvaluate(
        TContext context, out bool value, [NotNullWhen(false)] out CelError? error,
        long steps = long.MaxValue) =>
        Run(_bool.Value, context, out value, out error, steps);

    /// <summary>For decimals and whole numbers.</summary>
    /// <param name="steps">As in <see cref="Evaluate"/>.</param>
    public bool TryEvaluate(
        TContext context, out decimal value, [NotNullWhen(false)] out CelError? error,
        long steps = long.MaxValue) =>
        Run(_decimal.Value, context, out value, out error, steps);

    public bool TryEvaluate(TContext context, out long value, [NotNullWhen(false)] out CelError? error) =>
        Run(_long.Value, context, out value, out error);

    public bool TryEvaluate(
        TContext context, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out CelError? error) =>
        Run(_string.Value, context, out value, out error);

    /// <summary>
    /// Compiles now what a condition or an amount needs, so that the first event does not pay for it.
    /// </summary>
    public void Prepare()
    {
        _ = Type.Kind switch
        {
            CelTypeKind.Bool => (object)_bool.Value,
            CelTypeKind.Decimal => _decimal.Value,
            CelTypeKind.Int => _long.Value,
            CelTypeKind.String => _string.Value,
            _ => _boxed.Value,
        };
    }

    /// <summary>
    /// A part of the tree as an expression of its own, kept for the next time. It may use no variable that a
    /// macro around it binds.
    /// </summary>
    internal CelExpression<TContext> Part(CelNode node) =>
        LazyInitializer.EnsureInitialized(ref _parts, static () => new(ReferenceEqualityComparer.Instance))
            .GetOrAdd(
                node,
                part => new CelExpression<TContext>(Source, part, null, _budget, _gate) { _isPart = true });

    private bool Run<TResult>(
        CelDelegate<TContext, TResult> run, TContext context, [NotNullWhen(true)] out TResult? value,
        [NotNullWhen(false)] out CelError? error, long steps = long.MaxValue)
    {
        var state = new CelState { Budget = Math.Min(_budget, steps) };
        value = run(context, ref state)!;
        error = state.Error is null ? null : CelPositions.Locate(state.Error, Source);
        return error is null;
    }

    private CelValue? FindConstant()
    {
        lock (_gate)
        {
            if (CelEmitter.Fold<TContext>(Root) is { } folded)
                return folded;
        }
        var readsNothing = Reads.Roots.Count == 0 && Reads.Calls.Count == 0;
        return readsNothing && Run(_boxed.Value, default!, out var value, out _) ? value : null;
    }

    private Lazy<CelDelegate<TContext, TResult>> Delegate<TResult>() =>
        new(Compile<TResult>);

    /// <summary>One at a time for a tree: emitting notes on its nodes where variables live.</summary>
    private CelDelegate<TContext, TResult> Compile<TResult>()
    {
        lock (_gate)
            return CelEmitter.Compile<TContext, TResult>(Root, _isPart);
    }
}
