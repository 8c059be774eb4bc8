namespace MallVip.Rules.Facts;

/// <summary>Which rule made a fact.</summary>
public static class FactRule
{
    /// <summary>Null: no rule did.</summary>
    public static RuleRef? Of(Fact fact) => fact switch
    {
        Fact.Earned earned => earned.Why,
        Fact.TagAdded added => added.Why,
        Fact.TagRemoved removed => removed.Why,
        Fact.AttributeSet set => set.Why,
        Fact.TierChanged changed => changed.Why,
        Fact.Effect effect => effect.Why,
        Fact.Reversed reversed => reversed.Why,
        Fact.Warned warned => warned.Why,
        _ => null,
    };
}
