using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Coupons;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Comparing;

/// <summary>
/// What members may still hold or do although the next version no longer declares it. A wallet or a tier may
/// not vanish unless it is allowed by name; the rest is pointed out.
/// </summary>
public static class Removals
{
    /// <param name="before">The version that decides until now.</param>
    /// <param name="after">The version that is to decide.</param>
    /// <param name="allowed"><c>wallet:ID</c>, <c>tier:ID</c> or <c>coupon:ID</c>.</param>
    public static ImmutableArray<Diagnostic> Of(
        Programme before, Programme after, IReadOnlyCollection<string> allowed)
    {
        var findings = new Findings();
        var main = new Place(ProgrammeLoader.MainFile, 1, 1);
        foreach (var wallet in before.Wallets.Where(wallet => after.FindWallet(wallet.Id) is null))
            Add(findings, main, "WALLET_REMOVED", wallet.Id, allowed.Contains("wallet:" + wallet.Id));
        foreach (var tier in before.Tiers.Where(tier => after.Tiers.All(other => other.Id != tier.Id)))
            Add(findings, main, "TIER_REMOVED", tier.Id, allowed.Contains("tier:" + tier.Id));
        foreach (var (id, template) in before.Coupons.OrderBy(one => one.Key, StringComparer.Ordinal))
            if (!after.Coupons.TryGetValue(id, out var next))
                Add(findings, main, "COUPON_REMOVED", id, allowed.Contains("coupon:" + id));
            else if (CouponTerms.TextOf(template) != CouponTerms.TextOf(next))
                findings.Error(new(next.Ref.File, next.Ref.Line, 3), "COUPON_CHANGED", id);
        foreach (var name in Gone(before.Attributes.Keys, after.Attributes.Keys))
            Add(findings, main, "ATTRIBUTE_REMOVED", name, allowed: true);
        foreach (var type in Gone(before.EventTypes.Keys, after.EventTypes.Keys))
            Add(findings, main, "EVENT_TYPE_REMOVED", type, allowed: true);
        foreach (var store in Gone(before.Stores.Keys, after.Stores.Keys))
            Add(findings, main, "STORE_REMOVED", store, allowed: true);
        return findings.Sorted();
    }

    private static IEnumerable<string> Gone(IEnumerable<string> before, IEnumerable<string> after) =>
        before.Except(after, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static void Add(Findings findings, Place place, string code, string id, bool allowed)
    {
        if (allowed)
            findings.Warning(place, code, id);
        else
            findings.Error(place, code, id);
    }
}
