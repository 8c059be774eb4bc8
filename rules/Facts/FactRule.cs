namespace MallVip.Rules.Facts;

/// <summary>Which rule acted.</summary>
public static class FactRule
{
    /// <summary>The rule that made a fact by acting; null: none did (a return or a tag's end names the rule
    /// whose work it undoes, a warning one that failed).</summary>
    public static RuleRef? Of(Fact fact) => fact switch
    {
        Fact.Earned earned => earned.Why,
        Fact.TagAdded added => added.Why,
        Fact.TagRemoved { Cause: "rule" } removed => removed.Why,
        Fact.TierChanged changed => changed.Why,
        Fact.AttributeSet set => set.Why,
        Fact.CouponGranted granted => granted.Why,
        Fact.CouponAsked asked => asked.Why,
        Fact.Effect effect => effect.Why,
        Fact.Flagged flagged => flagged.Why,
        _ => null,
    };
}
