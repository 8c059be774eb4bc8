using MallVip.Grains.Journal;

namespace MallVip.Grains.Entries;

/// <summary>What the key index says of a new command: go ahead, or who came first.</summary>
/// <param name="Kind">See <see cref="AdmissionKind"/>.</param>
/// <param name="Pos">Where the first one stands; 0 when there is none.</param>
public readonly record struct KeyAdmission(AdmissionKind Kind, long Pos);

public enum AdmissionKind
{
    /// <summary>The keys are reserved for this command: append, or release them.</summary>
    Fresh,
    /// <summary>The same key is written: a repeat.</summary>
    Repeat,
    /// <summary>The second key (a receipt) is written under another first key.</summary>
    ReceiptTaken,
}

/// <summary>
/// Asks the key index for a command's keys. A repeat of one that is being written shares its fate.
/// </summary>
public static class AdmissionDesk
{
    /// <summary>
    /// Reserves both keys, or says what stands in the way. Completes at once unless somebody is writing.
    /// </summary>
    public static async ValueTask<KeyAdmission> AdmitAsync(this KeyIndex keys, EventKey key, EventKey receipt)
    {
        if (key.IsNone)
            return new(AdmissionKind.Fresh, 0);
        var first = await keys.SettledAsync(key);
        if (first.Kind == KeyClaimKind.Written)
            return new(AdmissionKind.Repeat, first.Pos);
        if (receipt.IsNone)
            return new(AdmissionKind.Fresh, 0);
        var second = await keys.SecondAsync(key, receipt);
        if (second.Kind != KeyClaimKind.Written)
            return new(AdmissionKind.Fresh, 0);
        keys.Release(key);
        return new(AdmissionKind.ReceiptTaken, second.Pos);
    }

    /// <summary>As <see cref="AdmitAsync"/>, without reserving anything: what a dry run asks.</summary>
    public static async ValueTask<KeyAdmission> AskAsync(this KeyIndex keys, EventKey key, EventKey receipt)
    {
        if (!key.IsNone && await keys.FindAsync(key) is { Kind: KeyClaimKind.Written } first)
            return new(AdmissionKind.Repeat, first.Pos);
        if (!receipt.IsNone && await keys.FindAsync(receipt) is { Kind: KeyClaimKind.Written } second)
            return new(AdmissionKind.ReceiptTaken, second.Pos);
        return new(AdmissionKind.Fresh, 0);
    }

    /// <summary>What is written under a key; an entry on its way is waited for.</summary>
    public static async ValueTask<KeyClaim> KnownAsync(this KeyIndex keys, EventKey key)
    {
        var claim = await keys.FindAsync(key);
        for (; claim.Kind == KeyClaimKind.InFlight; claim = await keys.FindAsync(key))
            await claim.Fate!;
        return claim;
    }

    /// <summary>The key under which a kept event reaches the member who claimed it.</summary>
    public static EventKey Carried(this EventKey key) => EventKey.Of("carried", "", key.ToString());

    /// <summary>Gives back what <see cref="AdmitAsync"/> reserved and nothing was appended for.</summary>
    public static void GiveBack(this KeyIndex keys, EventKey key, EventKey receipt)
    {
        if (!key.IsNone)
            keys.Release(key);
        if (!receipt.IsNone)
            keys.Release(receipt);
    }

    /// <summary>Asks for the second key; a failure gives the first one back.</summary>
    private static async ValueTask<KeyClaim> SecondAsync(this KeyIndex keys, EventKey key, EventKey receipt)
    {
        try
        {
            return await keys.SettledAsync(receipt);
        }
        catch
        {
            keys.Release(key);
            throw;
        }
    }

    private static async ValueTask<KeyClaim> SettledAsync(this KeyIndex keys, EventKey key)
    {
        while (true)
        {
            var claim = await keys.ReserveAsync(key);
            if (claim.Kind != KeyClaimKind.InFlight)
                return claim;
            await claim.Fate!;
        }
    }
}
