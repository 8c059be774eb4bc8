using System.Collections.Immutable;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Journaling;

/// <summary>What became of an ordered reward.</summary>
/// <param name="CashBack">What was paid for it and is to be paid back; null: nothing.</param>
public sealed record OutcomeOrder(
    string Order, OrderStatus Status, DateTimeOffset Until, Money? CashBack = null)
{
    /// <summary>The last of an entry's; null: it is about none.</summary>
    internal static OutcomeOrder? Of(ImmutableArray<Fact> facts)
    {
        for (var i = facts.Length - 1; i >= 0; i--)
            if (Of(facts[i]) is { } order)
                return order;
        return null;
    }

    private static OutcomeOrder? Of(Fact fact) => fact switch
    {
        Fact.OrderPlaced placed => new(
            placed.Order, placed.Cash > Money.Zero ? OrderStatus.Unpaid : OrderStatus.Ready, placed.Until),
        Fact.OrderPaid paid => new(paid.Order, OrderStatus.Ready, paid.Until),
        Fact.OrderPickedUp given => new(given.Order, OrderStatus.PickedUp, given.Until),
        Fact.OrderEnded ended => new(
            ended.Order, ended.How == "cancelled" ? OrderStatus.Cancelled : OrderStatus.Expired, ended.At,
            Some(ended.CashBack)),
        Fact.OrderReturned back => new(back.Order, OrderStatus.Returned, back.At, Some(back.CashBack)),
        _ => null,
    };

    private static Money? Some(Money amount) => amount > Money.Zero ? amount : null;
}
