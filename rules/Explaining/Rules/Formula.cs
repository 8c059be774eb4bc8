using MallVip.Rules.Cel;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Explaining;

/// <summary>How points came about, as a formula with its values: <c>floor(600 / 10)</c>.</summary>
public static class Formula
{
    /// <summary>Null: it did not come to an amount, or the amount stands in the rule as it is.</summary>
    public static string? Of(RuleExplanation rule) => rule switch
    {
        { Calculation: { } line, Rule.Action: RuleAction.Multiply multiply } =>
            Product(multiply.Round, line.Of.ToString(System.Globalization.CultureInfo.InvariantCulture),
                line.Factor),
        { Calculation: not null, Amount: { } amount, Rule.Action: RuleAction.Earn earn }
            when amount.Root is not CelLiteral || !IsWhole(rule.Calculation.Factor) =>
            $"{Words<Rounding>.WordOf(earn.Round)}({amount.WithValues})",
        _ => null,
    };

    /// <summary>What a return leaves of a line; null: the rule keeps all or nothing.</summary>
    public static string? Of(ReversalExplanation line) => line switch
    {
        { Rule.Action: RuleAction.Multiply multiply, Base: { } of, By: { } by } =>
            Product(multiply.Round, of.ToString(), by - 1),
        { Rule: { Action: RuleAction.Earn earn, OnReturn: OnReturn.ReEvaluate }, Amount: { } amount } =>
            $"{Words<Rounding>.WordOf(earn.Round)}({amount.WithValues})",
        { Rule: { Action: RuleAction.Earn earn, OnReturn: OnReturn.ProRata }, Paid.Amount: > 0 } =>
            $"{Words<Rounding>.WordOf(earn.Round)}({line.Earned} x {Shown(line.PaidLeft.Amount)} / "
            + $"{Shown(line.Paid.Amount)})",
        _ => null,
    };

    /// <summary>The word that rule files use for a policy, such as <c>pro-rata</c>.</summary>
    public static string WordOf(OnReturn policy) => Words<OnReturn>.WordOf(policy);

    /// <summary>The word that rule files use for a window, such as <c>day</c>.</summary>
    public static string WordOf(LimitWindow window) => Words<LimitWindow>.WordOf(window);

    /// <summary>The word of an outcome, such as <c>limit-used-up</c>.</summary>
    public static string WordOf(RuleOutcome outcome) => Words<RuleOutcome>.WordOf(outcome);

    /// <summary>The word that rule files use for what a group takes, such as <c>best</c>.</summary>
    public static string WordOf(Pick pick) => Words<Pick>.WordOf(pick);

    /// <summary>The word that rule files use for an effect, such as <c>grant-coupon</c>.</summary>
    public static string WordOf(EffectKind effect) => Words<EffectKind>.WordOf(effect);

    /// <summary>An amount without needless decimals.</summary>
    public static string AmountOf(GroupOffer offer) => Shown(offer.Amount);

    private static string Product(Rounding round, string of, decimal factor) =>
        $"{Words<Rounding>.WordOf(round)}({of} x {Shown(factor)})";

    private static string Shown(decimal value) => ShownValue.Of(CelValue.Of(value));

    private static bool IsWhole(decimal value) => decimal.Truncate(value) == value;
}
