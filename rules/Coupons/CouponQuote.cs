using System.Collections.Immutable;
using MallVip.Rules.Deciding;
using MallVip.Rules.Deciding.Arms;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Coupons;

/// <summary>
/// What a member's coupons do for a basket. The best combination takes off the most; of those that do it
/// gives the most other things, and of these it uses up the fewest coupons.
/// </summary>
/// <param name="Used">The combination, in the order of the coupons' numbers.</param>
/// <param name="Off">What it takes off, never more than the basket.</param>
/// <param name="Others">All other unused coupons, and why each is left out.</param>
public sealed record CouponQuote(
    ImmutableArray<CouponOffer> Used, Money Off, ImmutableArray<CouponObstacle> Others)
{
    /// <summary>Pure: the same arguments give the same answer.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="receipt">The receipt that is about to come, for coupons that were reserved for it; null:
    /// it has no number yet.</param>
    public static CouponQuote Of(
        MemberState state, Programme programme, CouponBasket basket, DateTimeOffset now,
        string? receipt = null)
    {
        var offers = new List<CouponOffer>();
        var obstacles = new List<CouponObstacle>();
        foreach (var coupon in state.Coupons?.Coupons ?? [])
            if (coupon.Left == 0)
                continue;
            else if (Refuse(state, programme, basket, coupon, now, receipt) is { } refusal)
                obstacles.Add(new(coupon, refusal));
            else
                offers.Add(OfferOf(programme.Coupons[coupon.Template], coupon, basket));
        var used = BestOf(offers, basket.Paid).OrderBy(offer => offer.Coupon.Number).ToImmutableArray();
        obstacles.AddRange(offers.Except(used).Select(offer => new CouponObstacle(
            offer.Coupon,
            new(RejectionKind.CouponExcluded, null, $"The coupons that are used are worth more together."))));
        return new(used, OffOf(used, basket.Paid), [.. obstacles.OrderBy(one => one.Coupon.Number)]);
    }

    private static Rejection? Refuse(
        MemberState state, Programme programme, CouponBasket basket, in Coupon coupon, DateTimeOffset now,
        string? receipt)
    {
        if (!Standing.Of(state).Spends)
            return new(RejectionKind.MemberBlocked, null, $"The member is {Standing.Of(state).Word}.");
        return CouponChecks.Find(state, coupon.Number, now, out _)
            ?? CouponArm.Refuse(state, programme, coupon, basket, receipt, now, out _);
    }

    private static CouponOffer OfferOf(CouponTemplate template, Coupon coupon, CouponBasket basket) =>
        new(coupon, template, template.Value.OffOf(basket.SumOf(template) ?? Money.Zero));

    /// <summary>Of each group the best, or one that stands alone.</summary>
    private static List<CouponOffer> BestOf(List<CouponOffer> offers, Money paid)
    {
        var together = Together(offers.Where(offer => !offer.Template.Alone), paid);
        var best = together;
        foreach (var alone in offers.Where(offer => offer.Template.Alone))
            if (Worth([alone], paid).CompareTo(Worth(best, paid)) > 0)
                best = [alone];
        return best;
    }

    private static List<CouponOffer> Together(IEnumerable<CouponOffer> offers, Money paid)
    {
        var groups = offers.GroupBy(offer => offer.Template.Stack, StringComparer.Ordinal)
            .Select(group => (
                Money: group.Where(offer => offer.Off > Money.Zero)
                    .OrderByDescending(offer => offer.Off.Amount)
                    .ThenBy(offer => offer.Coupon.Until).ThenBy(offer => offer.Coupon.Number)
                    .FirstOrDefault(),
                Thing: group.Where(offer => offer.Off == Money.Zero && !offer.IsMoney)
                    .OrderBy(offer => offer.Coupon.Until).ThenBy(offer => offer.Coupon.Number)
                    .FirstOrDefault()))
            .OrderBy(group => group.Money?.Off.Amount).ToList();
        var spare = groups.Sum(group => group.Money?.Off.Amount ?? 0) - paid.Amount;
        var used = new List<CouponOffer>();
        // What takes off more than there is makes room: first for things of the same group, then for nothing.
        foreach (var (money, thing) in groups.OrderBy(group => group.Thing is null))
            if (money is null || (money.Off.Amount <= spare && spare > 0))
            {
                spare -= money?.Off.Amount ?? 0;
                used.AddRange(thing is null ? [] : [thing]);
            }
            else
            {
                used.Add(money);
            }

        return used;
    }

    private static (decimal Off, int Things, int Spared) Worth(List<CouponOffer> used, Money paid) => (
        OffOf(used, paid).Amount, used.Count(offer => !offer.IsMoney), -used.Count);

    private static Money OffOf(IEnumerable<CouponOffer> used, Money paid)
    {
        var sum = new Money(used.Sum(offer => offer.Off.Amount));
        return sum < paid ? sum : paid;
    }
}

/// <summary>A coupon that a basket could use.</summary>
/// <param name="Off">What it takes off by itself.</param>
public sealed record CouponOffer(Coupon Coupon, CouponTemplate Template, Money Off)
{
    /// <summary>Whether it takes money off at all.</summary>
    internal bool IsMoney => Template.Value is CouponValue.MoneyOff or CouponValue.PercentOff;
}

/// <summary>A coupon that is left out, and why.</summary>
public sealed record CouponObstacle(Coupon Coupon, Rejection Why);
