using MallVip.Rules.Members;

namespace MallVip.Rules.Audit;

/// <summary>The auditor's own account of one lot.</summary>
internal sealed class LotAccount(string wallet, DateTimeOffset? expiresAt)
{
    /// <summary>A lot of which only what is left is known.</summary>
    public static LotAccount Of(in Lot lot) => new(lot.Wallet, lot.ExpiresAt)
    {
        Pending = lot.ActivatesAt is not null || lot.Unconfirmed,
        Earned = lot.Amount.Value,
        Left = lot.Remaining.Value,
    };

    public string Wallet { get; } = wallet;

    public DateTimeOffset? ExpiresAt { get; set; } = expiresAt;

    public bool Pending { get; set; }

    /// <summary>All that was put into it.</summary>
    public long Earned { get; set; }

    public long Left { get; set; }

    public long Expired { get; set; }

    /// <summary>Reversed, lapsed and short parts of all returns.</summary>
    public long TakenBack { get; set; }

    public long Lapsed { get; set; }
}
