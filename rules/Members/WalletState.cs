using MallVip.Rules.Quantities;

namespace MallVip.Rules.Members;

/// <summary>
/// Running sums of one wallet. Always: Balance + Pending = Earned - Reversed - Spent - Expired + Adjusted +
/// Transferred.
/// </summary>
public sealed record WalletState(string Wallet)
{
    /// <summary>
    /// Sum of posted lines. May be negative after a return under the policy <c>negative</c>.
    /// </summary>
    public Points Balance { get; init; }

    /// <summary>Points of lots that are not active yet.</summary>
    public Points Pending { get; init; }

    /// <summary>Gross, pending included.</summary>
    public Points Earned { get; init; }

    public Points Reversed { get; init; }

    public Points Spent { get; init; }

    public Points Expired { get; init; }

    public Points Adjusted { get; init; }

    /// <summary>What came from other members less what went to them.</summary>
    public Points Transferred { get; init; }

    /// <summary>The sums of both.</summary>
    internal WalletState With(WalletState other) => new(Wallet)
    {
        Balance = Balance + other.Balance,
        Pending = Pending + other.Pending,
        Earned = Earned + other.Earned,
        Reversed = Reversed + other.Reversed,
        Spent = Spent + other.Spent,
        Expired = Expired + other.Expired,
        Adjusted = Adjusted + other.Adjusted,
        Transferred = Transferred + other.Transferred,
    };
}
