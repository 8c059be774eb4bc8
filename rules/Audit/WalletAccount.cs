namespace MallVip.Rules.Audit;

/// <summary>The auditor's own account of one wallet: what came and went, and what was posted.</summary>
internal sealed class WalletAccount
{
    public long Earned { get; set; }

    public long Reversed { get; set; }

    public long Spent { get; set; }

    public long Expired { get; set; }

    public long Adjusted { get; set; }

    public long Transferred { get; set; }

    /// <summary>Points that were earned and have neither been activated nor gone while pending.</summary>
    public long Pending { get; set; }

    /// <summary>What is left in lots that are active.</summary>
    public long ActiveLots { get; set; }

    /// <summary>What is left in lots that are pending.</summary>
    public long PendingLots { get; set; }

    /// <summary>By the identity Balance + Pending = Earned - Reversed - Spent - Expired + Adjusted +
    /// Transferred.</summary>
    public long Balance => Earned - Reversed - Spent - Expired + Adjusted + Transferred - Pending;
}
