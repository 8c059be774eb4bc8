using System.Collections.Immutable;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Members;

namespace MallVip.Rules.Facts;

/// <summary>How facts about ordered rewards change the member's orders.</summary>
internal static class OrderFold
{
    /// <summary>Orders that are over stay so long, for whoever asks what became of them.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <returns>Null: the fact is not about orders.</returns>
    public static MemberState? Find(MemberState state, Fact fact) => fact switch
    {
        Fact.OrderPlaced placed => Apply(state, placed),
        Fact.OrderPaid paid => Change(state, paid.Order, order => order with
        {
            Status = OrderStatus.Ready,
            Payment = paid.Payment,
            Until = paid.Until,
        }),
        Fact.OrderPickedUp given => Change(state, given.Order, order => order with
        {
            Status = OrderStatus.PickedUp,
            Until = given.Until,
        }),
        Fact.OrderEnded ended => GiveUp(Change(state, ended.Order, order => order with
        {
            Status = ended.How == "cancelled" ? OrderStatus.Cancelled : OrderStatus.Expired,
            Until = ended.At,
        }), ended.Order),
        Fact.OrderReturned { Restock: true } back => GiveUp(Returned(state, back), back.Order),
        Fact.OrderReturned back => Returned(state, back),
        _ => null,
    };

    private static MemberState Apply(MemberState state, Fact.OrderPlaced fact) => state with
    {
        Orders = Living(state.Orders, fact.At).Add(new(
            fact.Order, fact.Reward, fact.Mall, fact.Wallet, fact.Points, fact.Cash, fact.At, fact.Until)
        {
            Status = fact.Cash.Amount > 0 ? OrderStatus.Unpaid : OrderStatus.Ready,
        }),
    };

    private static MemberState Returned(MemberState state, Fact.OrderReturned fact) =>
        Change(state, fact.Order, order => order with { Status = OrderStatus.Returned, Until = fact.At });

    private static ImmutableArray<RewardOrder> Living(
        ImmutableArray<RewardOrder> orders, DateTimeOffset now) =>
        orders.RemoveAll(order => !order.IsOpen && order.Until + Kept <= now);

    private static MemberState Change(
        MemberState state, string id, Func<RewardOrder, RewardOrder> change) => state with
        {
            Orders = [.. state.Orders.Select(order => order.Id == id ? change(order) : order)],
        };

    /// <summary>The piece of the reward's stock is to be given back.</summary>
    private static MemberState GiveUp(MemberState state, string id)
    {
        var order = state.FindOrder(id)!;
        return state with
        {
            Returning = state.Returning.Add(new(StockName.OfReward(order.Reward, order.Mall), id)),
        };
    }
}
