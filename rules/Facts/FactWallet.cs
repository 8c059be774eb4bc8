namespace MallVip.Rules.Facts;

/// <summary>Which wallet a ledger line belongs to.</summary>
public static class FactWallet
{
    /// <summary>The wallet's id; null: the fact is not about points.</summary>
    public static string? Of(Fact fact) => fact switch
    {
        Fact.Earned earned => earned.Wallet,
        Fact.Activated activated => activated.Wallet,
        Fact.Expired expired => expired.Wallet,
        Fact.Extended extended => extended.Wallet,
        Fact.SpentPoints spent => spent.Wallet,
        Fact.Transferred moved => moved.Wallet,
        Fact.Adjusted adjusted => adjusted.Wallet,
        Fact.Reversed reversed => reversed.Wallet,
        Fact.WalletJoined joined => joined.Sums.Wallet,
        Fact.WalletLeft left => left.Wallet,
        _ => null,
    };
}
