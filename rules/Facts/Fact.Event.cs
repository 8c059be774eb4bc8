using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Parking;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about what happened: purchases, returns, visits, parking.</summary>
public abstract partial record Fact
{
    /// <summary>
    /// The entry's event was accepted for this member. What it caused stands behind this fact.
    /// </summary>
    public sealed record EventCounted : Fact
    {
        public static EventCounted Instance { get; } = new();
    }

    /// <summary>A purchase counts towards spend and visits on a mall-local day.</summary>
    public sealed record Purchased(
        [property: Name("s")] string Store,
        [property: Name("r")] string Receipt,
        [property: Name("m")] string Mall,
        [property: Name("d")] DateOnly Day,
        [property: Name("p")] Money Paid) : Fact;

    /// <summary>A purchase or refund counts in windows of minutes too.</summary>
    public sealed record Noted([property: Name("rr")] RecentReceipt Receipt) : Fact;

    /// <summary>A return takes back spend on the day of the purchase.</summary>
    /// <param name="Entry">The <c>seq</c> of the purchase's journal entry.</param>
    public sealed record Returned(
        [property: Name("s")] string Store,
        [property: Name("r")] string Receipt,
        [property: Name("n")] string Refund,
        [property: Name("m")] string Mall,
        [property: Name("d")] DateOnly Day,
        [property: Name("p")] Money Paid,
        ImmutableArray<RefundLine> Lines,
        [property: Name("e")] long Entry) : Fact
    {
        [Name("l")]
        public ImmutableArray<RefundLine> Lines { get; init; } = Lines.IsDefault ? [] : Lines;
    }

    /// <summary>The member was in the mall on a day.</summary>
    public sealed record Visited([property: Name("m")] string Mall, [property: Name("d")] DateOnly Day)
        : Fact;

    public sealed record ParkingEntered(
        [property: Name("lot")] string Lot,
        [property: Name("plate")] string Plate,
        [property: Name("s")] string? Session,
        [property: Name("at")] DateTimeOffset At) : Fact;

    /// <summary>A session ended, or an exit was listed that ends none.</summary>
    /// <param name="EnteredAt">Null: no open session matched; the exit is listed and changes nothing.</param>
    /// <param name="How"><c>exit</c>, <c>exit-missing</c>, <c>late</c>, <c>before-entry</c>,
    /// <c>unmatched</c>, or <c>moved</c>: the plate had been read wrongly.</param>
    public sealed record ParkingLeft(
        [property: Name("lot")] string Lot,
        [property: Name("plate")] string Plate,
        [property: Name("s")] string? Session,
        [property: Name("in")] DateTimeOffset? EnteredAt,
        [property: Name("at")] DateTimeOffset At,
        [property: Name("how")] string How) : Fact;

    /// <summary>A visit was paid with free time, and perhaps points that are spent in this entry.</summary>
    /// <param name="Payment">Names it for ever.</param>
    /// <param name="Mall">The lot's; what was spent there gives time.</param>
    public sealed record ParkingUsed(
        [property: Name("i")] string Payment,
        [property: Name("lot")] string Lot,
        [property: Name("m")] string Mall,
        ImmutableArray<ParkingUse> Uses) : Fact
    {
        [Name("u")]
        public ImmutableArray<ParkingUse> Uses { get; init; } = Uses.IsDefault ? [] : Uses;
    }

    /// <summary>The entry's event waits: for its store to be declared or, a refund, for its purchase.
    /// </summary>
    /// <param name="Until">When a refund that waits for its purchase is given up; null: it waits for its
    /// store.</param>
    public sealed record EventParked(
        [property: Name("s")] string Store,
        [property: Name("e")] MallEvent Event,
        [property: Name("x")] DateTimeOffset? Until = null) : Fact
    {
        /// <summary>When a refund's purchase is looked for with others; null: it is not.</summary>
        [Name("on")]
        public DateTimeOffset? LookAt { get; init; }
    }

    /// <summary>The purchase of a refund that waits is looked for with others, then.</summary>
    /// <param name="Entry">As <see cref="ParkedEvent.Entry"/>.</param>
    /// <param name="At">Null: no more.</param>
    public sealed record RefundPostponed(
        [property: Name("e")] long Entry, [property: Name("on")] DateTimeOffset? At) : Fact;

    /// <summary>
    /// The event parked by entry <paramref name="Entry"/> is decided in this entry, or given up. What it
    /// caused stands behind this fact, up to the next one of the kind.
    /// </summary>
    public sealed record EventSettled([property: Name("e")] long Entry) : Fact;
}
