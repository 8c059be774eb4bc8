using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Catalogue;

/// <summary>A reward that a member has ordered, at the price that held then.</summary>
/// <param name="Id">Names it for ever, among all members; it is the piece of the reward's stock, and the hold
/// of its points.</param>
/// <param name="At">When it was ordered.</param>
/// <param name="Until">The first instant at which it is too late for the next step: to pay, to pick it up, to
/// return it. Of one that is over: when that was.</param>
public sealed record RewardOrder(
    [property: Name("i")] string Id,
    [property: Name("k")] string Reward,
    [property: Name("m")] string Mall,
    [property: Name("w")] string Wallet,
    [property: Name("a")] Points Points,
    [property: Name("c")] Money Cash,
    [property: Name("at")] DateTimeOffset At,
    [property: Name("until")] DateTimeOffset Until)
{
    [Name("s")]
    public OrderStatus Status { get; init; } = OrderStatus.Ready;

    /// <summary>By which outside payment its cash price was paid; null: it was not.</summary>
    [Name("p")]
    public string? Payment { get; init; }

    /// <summary>Whether it waits for something that time may end.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is OrderStatus.Unpaid or OrderStatus.Ready;
}
