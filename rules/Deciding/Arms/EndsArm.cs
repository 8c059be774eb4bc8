using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>An operator lets points of a wallet last longer, or lapse at once.</summary>
internal static class EndsArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.ExtendPoints command)
    {
        if (draft.Programme.FindWallet(command.Wallet) is null)
            return UnknownWallet(command.Wallet);
        var until = MinuteStamp.Round(command.Until)!.Value;
        if (until <= draft.Now)
            return Refusal.Of(
                RejectionKind.InvalidEnd, "until", $"{command.Until:O} is not ahead of {draft.Now:O}.");
        if (Extending.Of(draft.State, command.Wallet, until, command.EndingBefore, command.Reason)
            is not { } extended)
            return None(command.Wallet);
        draft.Add(extended);
        return null;
    }

    /// <summary>Held points stay; what is pending lapses too.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.ExpirePoints command)
    {
        if (draft.Programme.FindWallet(command.Wallet) is null)
            return UnknownWallet(command.Wallet);
        var lapsed = Points.Zero;
        foreach (var lot in draft.State.Lots)
        {
            if (lot.Wallet != command.Wallet
                || (command.EndingBefore is { } before && !(lot.ExpiresAt < before)))
                continue;
            var amount = Spending.Lapsing(draft.State, lot);
            if (amount > Points.Zero)
                draft.Add(new Fact.Expired(lot.Number, lot.Wallet, amount, command.Reason, lot.IsPending));
            lapsed += amount;
        }

        return lapsed > Points.Zero ? null : None(command.Wallet);
    }

    private static Decision UnknownWallet(string wallet) =>
        Refusal.Of(RejectionKind.UnknownWallet, "wallet", $"No wallet is called {wallet}.");

    private static Decision None(string wallet) =>
        Refusal.Of(RejectionKind.NoSuchPoints, null, $"Wallet {wallet} has no points of which this is true.");
}
