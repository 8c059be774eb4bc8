using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding;

/// <summary>
/// What the member's journal says of one purchase: the event, the lines it earned, what has been returned since
/// and what became of the lots. Folded from the entries from the purchase on, the uncommitted ones included.
/// </summary>
/// <param name="Event">The purchase.</param>
/// <param name="Entry">Its journal entry.</param>
/// <param name="Before">The member's state before it, for <c>re-evaluate</c>.</param>
/// <param name="Programme">The version that decided it.</param>
/// <param name="Facts">All facts of its entry.</param>
/// <param name="Returns">Earlier returns of it, in order.</param>
/// <param name="Reversals">What earlier returns took back.</param>
/// <param name="ExpiredByLot">Points of its lots that have expired.</param>
public sealed record PurchaseHistory(
    MallEvent Event,
    long Entry,
    MemberState Before,
    Programme Programme,
    ImmutableArray<Fact> Facts,
    ImmutableArray<Fact.Returned> Returns,
    ImmutableArray<Fact.Reversed> Reversals,
    ImmutableDictionary<int, Points> ExpiredByLot)
{
    /// <summary>What was bought.</summary>
    public PurchaseData Purchase => (PurchaseData)Event.Data;

    /// <summary>Whether this is the purchase of that store and receipt.</summary>
    public bool Is(string store, string receipt) => Purchase.Store == store && Purchase.Receipt == receipt;
}
