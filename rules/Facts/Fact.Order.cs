using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about rewards that a member orders. Points that they hold, spend and give back are facts of
/// their own in the same entry.</summary>
public abstract partial record Fact
{
    /// <summary>The member has ordered a reward.</summary>
    /// <param name="Order">Its name, and the piece of the reward's stock.</param>
    /// <param name="Cash">What is to be paid besides; 0: nothing.</param>
    /// <param name="Until">Until when it is paid or, where nothing is, picked up.</param>
    public sealed record OrderPlaced(
        [property: Name("i")] string Order, [property: Name("k")] string Reward,
        [property: Name("m")] string Mall, [property: Name("w")] string Wallet,
        [property: Name("a")] Points Points, [property: Name("c")] Money Cash,
        [property: Name("at")] DateTimeOffset At, [property: Name("until")] DateTimeOffset Until) : Fact;

    /// <summary>The cash price is paid.</summary>
    /// <param name="Payment">Of the system that took the money.</param>
    /// <param name="Until">Until when it is picked up.</param>
    public sealed record OrderPaid(
        [property: Name("i")] string Order, [property: Name("p")] string Payment,
        [property: Name("until")] DateTimeOffset Until) : Fact;

    /// <summary>The member has it.</summary>
    /// <param name="Desk">Null: it is a coupon, which follows.</param>
    /// <param name="Until">Until when it may be returned; the instant of the pick-up: never.</param>
    public sealed record OrderPickedUp(
        [property: Name("i")] string Order, [property: Name("d")] string? Desk,
        [property: Name("until")] DateTimeOffset Until) : Fact;

    /// <summary>It will not be picked up; its piece goes back.</summary>
    /// <param name="How"><c>cancelled</c> or <c>expired</c>.</param>
    /// <param name="At">When.</param>
    /// <param name="CashBack">What was paid and is to be paid back.</param>
    public sealed record OrderEnded(
        [property: Name("i")] string Order, [property: Name("how")] string How,
        [property: Name("at")] DateTimeOffset At, [property: Name("c")] Money CashBack,
        [property: Name("text")] string? Reason) : Fact;

    /// <summary>The member has brought it back.</summary>
    /// <param name="Restock">Whether it can be given to somebody else: then its piece goes back.</param>
    /// <param name="CashBack">What was paid and is to be paid back.</param>
    public sealed record OrderReturned(
        [property: Name("i")] string Order, [property: Name("d")] string Desk,
        [property: Name("at")] DateTimeOffset At, [property: Name("re")] bool Restock,
        [property: Name("c")] Money CashBack, [property: Name("text")] string Reason) : Fact;
}
