using MallVip.Grains.Entries;
using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>Finds whose purchase a receipt is, by the receipt's key.</summary>
public sealed class ReceiptHolder(KeyIndex keys, IJournal journal, IGrainFactory grains)
{
    /// <summary>Null: nobody has it, or an identity that nobody holds.</summary>
    public async Task<MemberId?> FindAsync(string store, string receipt)
    {
        var key = EventKey.ForReceipt(store, receipt);
        var claim = await keys.FindAsync(key);
        if (claim.Kind == KeyClaimKind.InFlight)
            await claim.Fate!;
        if (claim.Kind == KeyClaimKind.InFlight)
            claim = await keys.FindAsync(key);
        var entry = claim.Kind == KeyClaimKind.Written ? await journal.ReadAtAsync(claim.Pos) : null;
        return entry?.Grain.Kind switch
        {
            GrainKind.Member => new MemberId(entry.Grain.Id),
            GrainKind.Identity => await ReceiverOfAsync(entry.Key) ?? await Retry.OnFailedAppend(
                () => grains.GetGrain<IIdentityGrain>($"{entry.Grain.Id:x32}").Resolve()),
            _ => null,
        };
    }

    /// <summary>Who has an event that waited at its identity; null: it waits still.</summary>
    private async Task<MemberId?> ReceiverOfAsync(EventKey waited)
    {
        var claim = await keys.FindAsync(waited.Carried());
        var entry = claim.Kind == KeyClaimKind.Written ? await journal.ReadAtAsync(claim.Pos) : null;
        return entry?.Grain.Kind == GrainKind.Member ? new MemberId(entry.Grain.Id) : null;
    }
}
