using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Points set aside for a spend: held, captured, released.</summary>
internal static class HoldArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.HoldPoints command)
    {
        if (SpendableWallet.Find(draft, command.Wallet, command.Amount, out var wallet) is { } refusal)
            return refusal;
        if (SpendableWallet.RefuseUneven(wallet, command.Amount) is { } uneven)
            return uneven;
        if (command.Until <= draft.Now || command.Until > draft.Now + Holding.Longest)
            return Refusal.Of(
                RejectionKind.InvalidHold, "until", $"{command.Until:O} is not within the next 30 days.");
        if (draft.State.OpenHolds.Length == Holding.Most)
            return Refusal.Of(
                RejectionKind.InvalidHold, null, $"The member has {Holding.Most} holds already.");
        var free = Spending.Free(draft.State, wallet);
        if (free < command.Amount)
            return PointsArm.TooFew(free, command.Amount);
        draft.Add(new Fact.PointsHeld(
            command.Hold, wallet.Id, command.Amount, command.Until, command.Reason));
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.CaptureHold command)
    {
        if (Find(draft, command.Hold, out var hold) is { } unknown)
            return unknown;
        if (draft.Programme.FindWallet(hold.Wallet) is not { } wallet)
            return Refusal.Of(
                RejectionKind.UnknownWallet, "wallet", $"No wallet is called {hold.Wallet}.");
        var amount = command.Amount ?? hold.Amount;
        if (amount <= Points.Zero || amount > hold.Amount)
            return Refusal.Of(
                RejectionKind.AmountOutOfRange, "amount", $"{amount} is not 1 to the {hold.Amount} held.");
        if (amount < hold.Amount && SpendableWallet.RefuseUneven(wallet, amount) is { } uneven)
            return uneven;
        draft.Add(Holding.End(hold, "captured"));
        return PointsArm.Spend(draft, wallet, amount, command.Reason);
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.ReleaseHold command)
    {
        if (Find(draft, command.Hold, out var hold) is { } unknown)
            return unknown;
        draft.Add(Holding.End(hold, "released"));
        return null;
    }

    /// <summary>What an order has set aside is its own.</summary>
    private static Decision? Find(DecisionDraft draft, string id, out HoldState hold)
    {
        hold = draft.State.FindHold(id)!;
        if (hold is null)
            return Refusal.Of(RejectionKind.UnknownHold, "hold", $"No hold {id} is open.");
        return draft.State.FindOrder(id) is null
            ? null
            : Refusal.Of(RejectionKind.UnknownHold, "hold", $"Hold {id} is that of an ordered reward.");
    }
}
