using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Tiers;

/// <summary>Writes down that a tier follows another, so that the fold has all of it.</summary>
internal static class TierFact
{
    /// <param name="at">When it changes.</param>
    public static Fact.TierChanged Of(
        TierState? before, TierState? after, DateTimeOffset at, string cause, RuleRef? why = null) =>
        new(before?.Tier, after?.Tier, at, after?.Until, cause, why)
        {
            Since = after is null || after.Since == at ? null : after.Since,
            Grace = after?.Grace,
            Grant = after?.Grant,
        };
}
