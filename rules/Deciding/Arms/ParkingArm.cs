using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Parking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Free parking time is used: each day's counts once, whatever cars and visits there are.</summary>
internal static class ParkingArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.UseParking command)
    {
        if (!draft.Programme.ParkingLots.TryGetValue(command.Lot, out var lot))
            return Refusal.Of(RejectionKind.ParkingTimeGone, "lot", $"No car park is called {command.Lot}.");
        foreach (var used in command.Uses.Where(use => use.Day is not null)
            .GroupBy(use => (use.Source, Day: use.Day!.Value)))
        {
            var left = ParkingRights.Left(
                draft.State, draft.Programme, used.Key.Source, lot.Mall.Id, used.Key.Day);
            if (used.Sum(use => use.Minutes) > left)
                return Refusal.Of(
                    RejectionKind.ParkingTimeGone, null,
                    $"{left} minutes by {used.Key.Source} are left of {used.Key.Day:yyyy-MM-dd}.");
        }

        if (command.Points.Value != ParkingPlan.PointsOf(draft.Programme, command.Uses))
            return Refusal.Of(
                RejectionKind.ParkingTimeGone, null, $"The time costs other points than {command.Points}.");
        if (command.Points > Points.Zero && Spend(draft, command) is { } refusal)
            return refusal;
        foreach (var use in command.Uses)
            if (use.Source == ParkingEntitlement.OfCoupon.Word
                && Redeem(draft, lot, command, use) is { } unusable)
                return new Decision.Rejected(unusable);
        draft.Add(new Fact.ParkingUsed(command.Payment, command.Lot, lot.Mall.Id, command.Uses));
        return null;
    }

    /// <summary>Changes nothing where the session has ended, or has begun before.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.MoveParking command)
    {
        if (command.Begins)
            ParkingDesk.Begin(draft, command);
        else
            ParkingDesk.End(draft, command);
        return null;
    }

    private static Rejection? Redeem(
        DecisionDraft draft, ParkingLot lot, MemberCommand.UseParking command, ParkingUse use)
    {
        var number = ParkingCoupon.NumberAt(draft.State, command.Of, use.Coupon);
        if (ParkingCoupon.Refuse(draft.State, draft.Programme, lot, number, draft.Now, out var minutes)
            is { } refusal)
            return refusal;
        if (use.Minutes > minutes)
            return new(
                RejectionKind.ParkingTimeGone, null, $"Coupon {number} frees {minutes} minutes.");
        ParkingCoupon.Redeem(draft, lot, number, command.Payment);
        return null;
    }

    private static Decision? Spend(DecisionDraft draft, MemberCommand.UseParking command)
    {
        var wallet = draft.Programme.ParkingEntitlements.OfType<ParkingEntitlement.OfPoints>().First().Wallet;
        return SpendableWallet.Find(draft, wallet, command.Points, out var found)
            ?? SpendableWallet.RefuseUneven(found, command.Points)
            ?? PointsArm.Spend(draft, found, command.Points, "parking");
    }
}
