using System.Collections.Frozen;
using MallVip.Rules.Events;

namespace MallVip.Rules.Deciding;

/// <summary>What rules see of a purchase that was paid with rewards in part.</summary>
internal static class Rewards
{
    /// <summary>
    /// The purchase as if only the rest had been paid, where the programme says so; never below 0. Lines and
    /// tenders stay as they are.
    /// </summary>
    public static MallEvent Without(MallEvent happened, FrozenSet<string> tenders)
    {
        if (tenders.Count == 0 || happened.Data is not PurchaseData purchase)
            return happened;
        var rewards = 0m;
        foreach (var tender in purchase.Tenders)
            if (tenders.Contains(tender.Kind))
                rewards += tender.Paid.Amount;
        return rewards == 0
            ? happened
            : happened with
            {
                Data = purchase with { Paid = new(Math.Max(0, purchase.Paid.Amount - rewards)) },
            };
    }
}
