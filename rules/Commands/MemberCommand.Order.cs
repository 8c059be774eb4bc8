using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Commands;

/// <summary>What can be asked of the rewards that a member orders.</summary>
public abstract partial record MemberCommand
{
    /// <summary>Orders a reward; the stock has reserved its piece.</summary>
    /// <param name="Order">Names the order for ever, and the piece.</param>
    /// <param name="Mall">Where it is picked up.</param>
    public sealed record OrderReward(
        [property: Name("i")] string Order, [property: Name("k")] string Reward,
        [property: Name("m")] string Mall) : MemberCommand;

    /// <summary>The cash price of an order is paid.</summary>
    /// <param name="Payment">Of the system that took the money.</param>
    /// <param name="Paid">Exactly the cash price.</param>
    public sealed record PayOrder(
        [property: Name("i")] string Order, [property: Name("p")] string Payment,
        [property: Name("a")] Money Paid) : MemberCommand;

    /// <summary>Hands an order over: its points are spent.</summary>
    public sealed record PickUpOrder(
        [property: Name("i")] string Order, [property: Name("d")] string Desk) : MemberCommand;

    /// <summary>Calls an order off that nobody has picked up.</summary>
    public sealed record CancelOrder(
        [property: Name("i")] string Order, [property: Name("text")] string? Reason) : MemberCommand;

    /// <summary>Takes back what was picked up.</summary>
    /// <param name="Restock">Whether it can be given to somebody else.</param>
    public sealed record ReturnOrder(
        [property: Name("i")] string Order, [property: Name("d")] string Desk,
        [property: Name("re")] bool Restock, [property: Name("text")] string Reason) : MemberCommand;
}
