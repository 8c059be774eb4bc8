using MallVip.Rules.Facts;

namespace MallVip.Rules.Explaining;

/// <summary>Which rule caused a fact.</summary>
internal static class FactRule
{
    /// <summary>Null: no rule did.</summary>
    public static RuleRef? Of(Fact fact) => fact switch
    {
        Fact.Earned earned => earned.Why,
        Fact.TagAdded added => added.Why,
        Fact.TagRemoved { Cause: "rule" } removed => removed.Why,
        Fact.TierChanged changed => changed.Why,
        Fact.AttributeSet set => set.Why,
        Fact.Effect effect => effect.Why,
        _ => null,
    };
}
