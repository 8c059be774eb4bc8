namespace MallVip.Rules.Programmes;

/// <summary>What an event says that rules or time made; what its type does not have is empty or 0.</summary>
public sealed record Trigger
{
    /// <summary>Nothing to say: an event that was sent.</summary>
    public static Trigger None { get; } = new();

    /// <summary><c>tier.changed</c>: the tier before; <c>tier.ending</c> and <c>tier.renewed</c>: the
    /// tier. Empty: none.</summary>
    public string From { get; init; } = "";

    /// <summary><c>tier.changed</c>: the tier after; empty: none.</summary>
    public string To { get; init; } = "";

    /// <summary><c>tier.changed</c>: why, as the tier's history says it.</summary>
    public string Cause { get; init; } = "";

    /// <summary><c>tag.added</c>.</summary>
    public string Tag { get; init; } = "";

    /// <summary><c>coupon.expiring</c>: the template.</summary>
    public string Coupon { get; init; } = "";

    /// <summary><c>receipt.contested</c>.</summary>
    public string Receipt { get; init; } = "";

    /// <summary><c>points.earned</c> and <c>points.expiring</c>.</summary>
    public string Wallet { get; init; } = "";

    /// <summary><c>points.earned</c>: all that one step earned in the wallet, pending points included;
    /// <c>points.expiring</c>: all that lapses of the wallet at one instant; <c>achievement.reached</c>: how
    /// often at once; <c>friend.purchased</c>: how many plates and devices the two share.</summary>
    public long Points { get; init; }

    /// <summary><c>achievement.reached</c>.</summary>
    public string Achievement { get; init; } = "";

    /// <summary><c>achievement.reached</c>: how often so far, this included; <c>friend.purchased</c>: how
    /// many friends so far; <c>coupon.expiring</c>: how many coupons.</summary>
    public long Times { get; init; }

    /// <summary><c>referral.completed</c> and <c>friend.purchased</c>: what was paid.</summary>
    public decimal Paid { get; init; }

    /// <summary>Events of time: the days that the rule named.</summary>
    public int Days { get; init; }

    /// <summary><c>points.expiring</c>, <c>coupon.expiring</c>, <c>tier.ending</c> and <c>tier.renewed</c>:
    /// when
    /// it ends.</summary>
    public DateTimeOffset Ends { get; init; }
}
