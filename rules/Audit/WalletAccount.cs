using MallVip.Rules.Members;

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

    /// <summary>Adds another's sums; its lots come by themselves.</summary>
    public void Add(WalletAccount other) => Add(
        other.Earned, other.Reversed, other.Spent, other.Expired, other.Adjusted, other.Transferred,
        other.Pending);

    /// <inheritdoc cref="Add(WalletAccount)"/>
    public void Add(WalletState other) => Add(
        other.Earned.Value, other.Reversed.Value, other.Spent.Value, other.Expired.Value,
        other.Adjusted.Value, other.Transferred.Value, other.Pending.Value);

    private void Add(
        long earned, long reversed, long spent, long expired, long adjusted, long transferred, long pending)
    {
        (Earned, Reversed, Spent) = (Earned + earned, Reversed + reversed, Spent + spent);
        (Expired, Adjusted) = (Expired + expired, Adjusted + adjusted);
        (Transferred, Pending) = (Transferred + transferred, Pending + pending);
    }
}
