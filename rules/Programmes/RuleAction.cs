using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Programmes;

/// <summary>What a rule does. What its expressions give stands in <see cref="Rule.Values"/>.</summary>
public abstract record RuleAction
{
    private RuleAction()
    {
    }

    /// <summary>The wallet that it gives points in; null: it gives none.</summary>
    public string? PointsWallet => this switch
    {
        Earn earn => earn.Wallet,
        Multiply multiply => multiply.Wallet,
        _ => null,
    };

    /// <summary>Points by an amount in CEL, rounded.</summary>
    public sealed record Earn(string Wallet, Rounding Round) : RuleAction;

    /// <summary>
    /// Multiplies what earn rules give to the wallet; the part above 1 is its own ledger line.
    /// </summary>
    public sealed record Multiply(string Wallet, Rounding Round) : RuleAction;

    /// <summary>Gives a tag for a time (days from the event; null: for ever).</summary>
    public sealed record Tag(string Name, TimeSpan? For) : RuleAction;

    public sealed record Untag(string Name) : RuleAction;

    /// <summary>Gives an attribute the one value.</summary>
    public sealed record SetAttribute(string Attribute) : RuleAction;

    /// <summary>
    /// Lifts the member to a tier, or lets the present one last longer; never lowers.
    /// </summary>
    /// <param name="For">Null: as long as the tier is valid by itself.</param>
    public sealed record GiveTier(string To, CalendarSpan? For) : RuleAction;

    /// <summary>Grants a coupon, or asks for a piece of its stock.</summary>
    public sealed record GrantCoupon(CouponTemplate Template) : RuleAction;

    /// <summary>Puts what the event earns under review; the reason is for whoever looks.</summary>
    public sealed record Review(string Reason) : RuleAction;

    /// <summary>Asks for something that others carry out; the values are its data.</summary>
    public sealed record Effect(EffectKind Kind, string Target) : RuleAction;
}

/// <summary>A time in whole months or days; one of the two is 0.</summary>
public readonly record struct CalendarSpan(int Months, int Days)
{
    /// <summary>The last day of a time that begins on a day; a day that a month lacks is its last.</summary>
    public DateOnly LastDay(DateOnly day) => day.AddMonths(Months).AddDays(Days);
}
