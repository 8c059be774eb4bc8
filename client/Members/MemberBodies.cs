using System.Collections.Immutable;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Members;

/// <summary>Shows a member as the wire does.</summary>
/// <param name="programme">The programme in force, for names.</param>
internal sealed class MemberBodies(Func<Programme> programme)
{
    public MemberBody Of(MemberId member, MemberView view)
    {
        var (names, state) = (programme(), view.Snapshot.State);
        return new()
        {
            Id = member,
            Identities = view.Identities,
            Attributes = view.Attributes,
            EnrolledAt = state.EnrolledAt,
            Mall = state.HomeMall,
            Tier = state.Tier is { } tier ? new(tier.Tier, TierName(names, tier.Tier), tier.Since, tier.Until) : null,
            Wallets = [.. state.Wallets.Select(wallet => Wallet(names, wallet))],
            Tags = [.. state.Tags.Select(tag => new MemberTagBody(tag.Tag, tag.Since, tag.Until, tag.Rule))],
            Expiring = Expiring(state),
            Parking = [.. state.Parking.Select(car => new ParkedBody(car.Lot, car.EnteredAt))],
            Events = state.Events,
            Seq = view.Snapshot.Seq,
        };
    }

    private static WalletBody Wallet(Programme names, WalletState wallet) => new(
        wallet.Wallet,
        names.FindWallet(wallet.Wallet)?.Name ?? wallet.Wallet,
        wallet.Balance.Value,
        wallet.Pending.Value,
        wallet.Earned.Value,
        wallet.Reversed.Value,
        wallet.Spent.Value,
        wallet.Expired.Value,
        wallet.Adjusted.Value);

    private static ImmutableArray<ExpiringBody> Expiring(MemberState state) =>
    [
        .. state.Lots
            .Where(lot => lot is { ActivatesAt: null, ExpiresAt: not null })
            .GroupBy(lot => (lot.Wallet, At: lot.ExpiresAt!.Value))
            .Select(lots => new ExpiringBody(lots.Key.Wallet, lots.Sum(lot => lot.Remaining.Value), lots.Key.At))
            .OrderBy(lapse => lapse.At).ThenBy(lapse => lapse.Wallet, StringComparer.Ordinal),
    ];

    private static string TierName(Programme names, string id) =>
        names.Tiers.FirstOrDefault(tier => tier.Id == id)?.Name ?? id;
}
