using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Journaling;

/// <summary>What became of a coupon.</summary>
/// <param name="What"><c>granted</c>, <c>asked</c>, <c>reserved</c>, <c>released</c>, <c>redeemed</c>,
/// <c>returned</c> or <c>ended</c>.</param>
/// <param name="Number">Within the member; null: a piece of a stock is asked for.</param>
/// <param name="Off">What it took off; null: it is not about a redemption.</param>
/// <param name="Until">When a grant or a reservation ends.</param>
public sealed record OutcomeCoupon(
    string What, string Template, int? Number, Money? Off = null, DateTimeOffset? Until = null)
{
    /// <summary>Most entries have none: those cost nothing.</summary>
    internal static ImmutableArray<OutcomeCoupon> Of(ImmutableArray<Fact> facts)
    {
        ImmutableArray<OutcomeCoupon>.Builder? found = null;
        foreach (var fact in facts)
            if (Of(fact) is { } coupon)
                (found ??= ImmutableArray.CreateBuilder<OutcomeCoupon>()).Add(coupon);
        return found?.DrainToImmutable() ?? [];
    }

    private static OutcomeCoupon? Of(Fact fact) => fact switch
    {
        Fact.CouponGranted granted => new("granted", granted.Template, granted.Number, null, granted.Until),
        Fact.CouponAsked asked => new("asked", asked.Template, null),
        Fact.CouponReserved held => new("reserved", held.Template, held.Number, null, held.Until),
        Fact.CouponReleased freed => new("released", freed.Template, freed.Number),
        Fact.CouponRedeemed used => new("redeemed", used.Template, used.Number, used.Off),
        Fact.CouponReturned back => new("returned", back.Template, back.Number, back.Off),
        Fact.CouponEnded ended => new("ended", ended.Template, ended.Number),
        _ => null,
    };
}
