using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Points moved by hand: spent at a desk, corrected by an operator.</summary>
internal static class PointsArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.Spend command)
    {
        if (SpendableWallet.Find(draft, command.Wallet, command.Amount, out var wallet) is { } refusal)
            return refusal;
        return SpendableWallet.RefuseUneven(wallet, command.Amount)
            ?? Spend(draft, wallet, command.Amount, command.Reason);
    }

    /// <summary>Spends all of it, or refuses.</summary>
    public static Decision? Spend(DecisionDraft draft, Wallet wallet, Points amount, string reason)
    {
        var spent = Spending.Draw(draft.State, wallet, amount, reason);
        if (spent.Short > Points.Zero)
            return TooFew(spent.Amount, amount);
        draft.Add(spent);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.Adjust command)
    {
        if (command.Amount.Value is 0 or > Points.Limit or < -Points.Limit)
            return Refusal.Of(
                RejectionKind.AmountOutOfRange, "amount", $"{command.Amount} is 0 or beyond ±10^15.");
        if (draft.Programme.FindWallet(command.Wallet) is not { } wallet)
            return Refusal.Of(
                RejectionKind.UnknownWallet, "wallet", $"No wallet is called {command.Wallet}.");
        if (Ceilings.Above(draft.State, wallet, command.Amount) is { Value: > 0 } above)
            return Refusal.Of(
                RejectionKind.CeilingExceeded, "amount",
                $"{above} of {command.Amount} are more than the {wallet.Ceiling} that {wallet.Id} may hold.");
        var (first, before) = (draft.Facts.Count, draft.State);
        var scope = EventScope.OfMember(draft.Programme, before, "points.adjusted", "adjust", draft.Now);
        if (command.Amount > Points.Zero)
            Add(draft, scope, wallet, command);
        else if (Withdraw(draft, wallet, command) is { } refusal)
            return refusal;
        TierLadder.Climb(draft, scope, "adjust");
        Chain.Follow(draft, scope, before, first);
        return null;
    }

    private static void Add(
        DecisionDraft draft, EventScope scope, Wallet wallet, MemberCommand.Adjust command)
    {
        var expiresAt =
            MinuteStamp.Round(command.ExpiresAt) ?? LotDates.ExpiresAt(wallet, scope.Day, scope.Zone);
        Earning.AddByHand(draft, wallet, command.Amount, expiresAt, command.Reason);
    }

    private static Decision? Withdraw(DecisionDraft draft, Wallet wallet, MemberCommand.Adjust command)
    {
        var (available, asked) = (draft.State.Available(wallet.Id), -command.Amount);
        if (available < asked && !command.UpTo)
            return TooFew(available, asked);
        var taken = Points.Min(asked, Points.Max(Points.Zero, available));
        if (taken == Points.Zero)
            return null;
        var (parts, _) = Drawing.Take(draft.State, wallet.Id, taken);
        draft.Add(new Fact.Adjusted(wallet.Id, -taken, null, Points.Zero, null, parts, command.Reason));
        return null;
    }

    public static Decision TooFew(Points available, Points asked) => Refusal.Of(
        RejectionKind.InsufficientPoints, "amount", $"{asked} asked for, {available} available.");
}
