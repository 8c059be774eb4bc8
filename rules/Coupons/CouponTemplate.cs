using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Coupons;

/// <summary>Coupons of one kind, as <c>programme.yaml</c> declares them in the full form. Its terms never
/// change under one id: members hold them.</summary>
public sealed record CouponTemplate(string Id, string Name, CouponValue Value)
{
    /// <summary>The least that the lines in scope must add up to, before coupons. Default 0.</summary>
    public Money From { get; init; }

    /// <summary>Where, when, on what and by whom it is taken. Default: everywhere, always.</summary>
    public CouponScope Scope { get; init; } = CouponScope.Everywhere;

    public required CouponValidity Valid { get; init; }

    /// <summary>How often one coupon is redeemed, 1 to 1,000. Default 1.</summary>
    public int Uses { get; init; } = 1;

    /// <summary>How many a member may be granted; null (default): any number.</summary>
    public CouponLimit? PerMember { get; init; }

    /// <summary>Coupons of one group exclude one another on a receipt. Default: the template's own id.
    /// </summary>
    public string Stack { get; init; } = Id;

    /// <summary>No other coupon stands beside it on a receipt. Default false.</summary>
    public bool Alone { get; init; }

    /// <summary>Who pays for what it takes off. Default: the mall.</summary>
    public Funding Funding { get; init; } = Funding.ByMall;

    /// <summary>What a return of the purchase does with the coupon. Default give-back.</summary>
    public CouponReturn OnReturn { get; init; }

    /// <summary>How many there are in all; null (default): any number.</summary>
    public long? Stock { get; init; }

    /// <summary>How many are given out on one day; null (default): as the stock allows.</summary>
    public long? StockPerDay { get; init; }

    /// <summary>How members claim one; null (default): they cannot.</summary>
    public CouponClaim? Claim { get; init; }

    /// <summary>Whether each is a piece of a stock, which a rule has to ask for.</summary>
    public bool IsCounted => (Stock ?? StockPerDay) is not null;

    /// <summary>The key under which a member's grants are counted; one string for all members.</summary>
    public string LimitKey { get; } = "coupon:" + Id;

    /// <summary>What points of a multiplier name as their cause.</summary>
    public RuleRef Ref { get; init; } = new("coupon:" + Id, "", 0);
}
