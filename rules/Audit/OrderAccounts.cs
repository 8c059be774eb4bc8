using MallVip.Rules.Catalogue;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Audit;

/// <summary>The auditor's own account of ordered rewards: each step follows one from which it may.</summary>
internal sealed class OrderAccounts
{
    private readonly Dictionary<string, OrderStatus> _orders = new(StringComparer.Ordinal);

    /// <summary>Checks a fact; one that is not about orders passes.</summary>
    public void Post(Fact fact, Action<string, string> report)
    {
        switch (fact)
        {
            case Fact.OrderPlaced placed:
                var first = placed.Cash.Amount > 0 ? OrderStatus.Unpaid : OrderStatus.Ready;
                if (placed.Points.Value < 0 || placed.Cash.Amount < 0 || !_orders.TryAdd(placed.Order, first))
                    report("order", $"Order {placed.Order} cannot be placed.");
                break;
            case Fact.OrderPaid paid:
                Move(paid.Order, OrderStatus.Ready, report, OrderStatus.Unpaid);
                break;
            case Fact.OrderPickedUp given:
                Move(given.Order, OrderStatus.PickedUp, report, OrderStatus.Ready);
                break;
            case Fact.OrderEnded ended:
                var over = ended.How == "cancelled" ? OrderStatus.Cancelled : OrderStatus.Expired;
                Move(ended.Order, over, report, OrderStatus.Unpaid, OrderStatus.Ready);
                break;
            case Fact.OrderReturned back:
                Move(back.Order, OrderStatus.Returned, report, OrderStatus.PickedUp);
                break;
            default:
                break;
        }
    }

    /// <summary>What another member had ordered goes on here.</summary>
    public void Join(IEnumerable<RewardOrder> orders)
    {
        foreach (var order in orders)
            _orders[order.Id] = order.Status;
    }

    /// <summary>What a member who became a part of another has: nothing.</summary>
    public void Clear() => _orders.Clear();

    private void Move(
        string order, OrderStatus to, Action<string, string> report, params ReadOnlySpan<OrderStatus> from)
    {
        if (!_orders.TryGetValue(order, out var status) || !from.Contains(status))
            report("order", $"Order {order} cannot become {to}: it is {status}.");
        _orders[order] = to;
    }
}
