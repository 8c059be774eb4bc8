using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>What is asked first of whoever takes points out of a wallet.</summary>
internal static class SpendableWallet
{
    /// <returns>Null: <paramref name="wallet"/> can be spent, and the amount is one.</returns>
    public static Decision? Find(DecisionDraft draft, string id, Points amount, out Wallet wallet)
    {
        wallet = null!;
        if (amount.Value is <= 0 or > Points.Limit)
            return Refusal.Of(RejectionKind.AmountOutOfRange, "amount", $"{amount} is not 1 to 10^15.");
        if (draft.Programme.FindWallet(id) is not { } found)
            return Refusal.Of(RejectionKind.UnknownWallet, "wallet", $"No wallet is called {id}.");
        wallet = found;
        return found.Spendable
            ? null
            : Refusal.Of(RejectionKind.WalletNotSpendable, "wallet", $"Wallet {found.Id} only counts.");
    }

    /// <returns>Null: the wallet is spent in such amounts.</returns>
    public static Decision? RefuseUneven(Wallet wallet, Points amount) => wallet.Steps.Allows(amount)
        ? null
        : Refusal.Of(
            RejectionKind.InvalidSpend, "amount",
            $"{amount} is not {wallet.Steps.From} and whole steps of {wallet.Steps.Step} more.");
}
