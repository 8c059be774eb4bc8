namespace MallVip.Rules.Due;

/// <summary>Kinds of due work, in the order in which they fire at one instant.</summary>
internal enum DueKind
{
    Order,
    Hold,
    CouponHold,
    Activate,
    Expire,
    Tier,
    Tag,
    Coupon,
    Birthday,
    Timed,
    Refund,
}

/// <summary>One piece of work that time brings.</summary>
/// <param name="Number">The number of the lot or the coupon; of an order, a hold, a tag, an event of time or
/// a waiting
/// refund its position; else 0.</param>
internal readonly record struct DueItem(DateTimeOffset At, DueKind Kind, int Number)
{
    public bool IsBefore(in DueItem other) =>
        At != other.At ? At < other.At : Kind != other.Kind ? Kind < other.Kind : Number < other.Number;
}
