using System.Collections.Immutable;
using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>A rule and its checked expressions, ready for a matcher.</summary>
/// <param name="Conjuncts">All must hold; none: always.</param>
/// <param name="Amount">Earn and multiply only; a decimal.</param>
internal sealed record CompiledRule(
    Rule Rule,
    ImmutableArray<CelConjunct<EvalContext>> Conjuncts,
    CelExpression<EvalContext>? Amount,
    string AmountText);
