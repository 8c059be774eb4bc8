using MallVip.Rules.Facts;

namespace MallVip.Client.Members;

/// <summary>What one fact did to a wallet.</summary>
/// <param name="Points">To the balance: a pending lot posts only when it becomes active.</param>
/// <param name="Pending">To the points that are not active yet.</param>
internal sealed record LedgerChange(string Kind, string Wallet, long Points, long Pending)
{
    public RuleRef? Why { get; init; }

    /// <summary>Null: the mall.</summary>
    public Funding? Funding { get; init; }

    public string? Reason { get; init; }

    /// <summary>Of unconfirmed points: when they lapse unless they are confirmed.</summary>
    public DateTimeOffset? ActivatesAt { get; init; }

    public bool Unconfirmed { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null: the fact is not about points.</summary>
    public static LedgerChange? Of(Fact fact) => fact switch
    {
        Fact.Earned earned => OfEarned(earned),
        Fact.Activated activated => new(
            "activated", activated.Wallet, activated.Amount.Value, -activated.Amount.Value),
        Fact.Expired expired => new(
            "expired", expired.Wallet, expired.Pending ? 0 : -expired.Amount.Value,
            expired.Pending ? -expired.Amount.Value : 0)
        {
            Reason = expired.Reason,
        },
        Fact.Extended extended => new("extended", extended.Wallet, 0, 0)
        {
            Reason = extended.Reason,
            ExpiresAt = extended.ExpiresAt,
        },
        Fact.SpentPoints spent =>
            new("spent", spent.Wallet, -spent.Amount.Value, 0) { Reason = spent.Reason },
        Fact.Adjusted adjusted => new("adjusted", adjusted.Wallet, adjusted.Amount.Value, 0)
        {
            Reason = adjusted.Reason,
            ExpiresAt = adjusted.ExpiresAt,
        },
        Fact.Transferred moved => new("transferred", moved.Wallet, moved.Amount.Value, 0)
        {
            Reason = moved.Reason,
            ExpiresAt = moved.ExpiresAt,
        },
        Fact.WalletJoined joined => new(
            "merged", joined.Sums.Wallet, joined.Sums.Balance.Value, joined.Sums.Pending.Value),
        Fact.WalletLeft left => new("merged", left.Wallet, -left.Balance.Value, -left.Pending.Value),
        Fact.Reversed reversed => new(
            "reversed", reversed.Wallet, reversed.Pending.Value - reversed.Amount.Value,
            -reversed.Pending.Value)
        {
            Why = reversed.Why,
            Funding = reversed.Funding,
        },
        _ => null,
    };

    private static LedgerChange OfEarned(Fact.Earned earned)
    {
        var pending = earned.ActivatesAt is not null || earned.Unconfirmed;
        return new(
            "earned", earned.Wallet, pending ? 0 : earned.Amount.Value, pending ? earned.Amount.Value : 0)
        {
            Why = earned.Why,
            Funding = earned.Funding,
            ActivatesAt = earned.ActivatesAt,
            Unconfirmed = earned.Unconfirmed,
            ExpiresAt = earned.ExpiresAt,
        };
    }
}
