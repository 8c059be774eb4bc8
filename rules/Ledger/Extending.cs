using System.Collections.Immutable;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>
/// Lets points last longer. An end never comes nearer, points without one keep having none, and a return
/// takes back what its purchase earned, not what it extended.
/// </summary>
internal static class Extending
{
    /// <summary>A purchase, in every wallet where any purchase does.</summary>
    public static void ByPurchase(DecisionDraft draft, EventScope scope)
    {
        foreach (var wallet in draft.Programme.Wallets)
            if (wallet.Rolling == RollingOn.Purchase)
                ByActivity(draft, scope, wallet);
    }

    /// <summary>Something on a day in a wallet whose points roll; does nothing in any other.</summary>
    public static void ByActivity(DecisionDraft draft, EventScope scope, Wallet wallet)
    {
        if (wallet.Rolling is not null
            && LotDates.ExpiresAt(wallet, scope.Day, scope.Zone) is { } end
            && Of(draft.State, wallet.Id, end, endingBefore: null, reason: null) is { } extended)
            draft.Add(extended);
    }

    /// <summary>What lets points of a wallet last until an instant; null: none would end earlier.</summary>
    /// <param name="endingBefore">Only those that end before; null: all.</param>
    public static Fact.Extended? Of(
        MemberState state, string wallet, DateTimeOffset until, DateTimeOffset? endingBefore, string? reason)
    {
        var lots = ImmutableArray.CreateBuilder<int>();
        var amount = Points.Zero;
        foreach (ref readonly var lot in state.Lots.AsSpan())
        {
            if (lot.Wallet != wallet || !(lot.ExpiresAt < until) || lot.ExpiresAt >= endingBefore)
                continue;
            lots.Add(lot.Number);
            amount += lot.Remaining;
        }

        return lots.Count == 0 ? null : new(wallet, amount, lots.DrainToImmutable(), until, reason);
    }
}
