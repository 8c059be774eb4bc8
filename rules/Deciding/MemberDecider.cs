using MallVip.Rules.Commands;
using MallVip.Rules.Deciding.Arms;
using MallVip.Rules.Due;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding;

/// <summary>The pure heart: a state and a command become facts, a rejection, or a question.</summary>
public static class MemberDecider
{
    /// <summary>
    /// First fires the member's own due items up to <see cref="DecideContext.Now"/>, then decides the
    /// command, then fires what the command itself made due (a late event's points may have lapsed already).
    /// Pure: the same arguments give the same answer.
    /// </summary>
    public static Decision Decide(MemberState state, MemberCommand command, DecideContext context)
    {
        try
        {
            var draft = new DecisionDraft(state, context);
            DueFiring.Fire(draft);
            if (Arm(draft, command) is { } refusal)
                return refusal;
            var nextDue = DueFiring.Fire(draft);
            if (draft.Open is { } need)
                return new Decision.Needs(need);
            return Overflowing(draft.State) is { } wallet
                ? Refusal.Of(RejectionKind.PointsOverflow, null, $"Wallet {wallet} would leave ±10^15.")
                : draft.ToDecision(nextDue);
        }
        catch (OverflowException)
        {
            return Refusal.Of(
                RejectionKind.PointsOverflow, null, "The amounts are too large to be added up.");
        }
    }

    /// <summary>
    /// The earliest instant at which the member has work; null: none. Never late, perhaps early.
    /// </summary>
    public static DateTimeOffset? NextDue(MemberState state, Programme programme) =>
        DueQueue.NextDue(state, programme);

    /// <summary>Whether a command is the survivor's once its member is on the way into another.</summary>
    public static bool StandsStill(MemberCommand command) => command is not (
        MemberCommand.Absorb or MemberCommand.EndMerge or MemberCommand.FireDue or MemberCommand.StartMerge
        or MemberCommand.Enrol or MemberCommand.OpenAccount);

    private static Decision? Arm(DecisionDraft draft, MemberCommand command) => command switch
    {
        MemberCommand.Enrol enrol => EnrolArm.Decide(draft, enrol),
        MemberCommand.OpenAccount open => EnrolArm.Decide(draft, open),
        _ when draft.State.Id is null =>
            Refusal.Of(RejectionKind.UnknownMember, null, "Nobody is enrolled here."),
        _ when MergeArm.Refuse(draft.State, command) is { } merged => merged,
        _ when StatusArm.Refuse(draft.State, command) is { } blocked => blocked,
        MemberCommand.RecordEvent { IsClaim: true } when ClaimArm.Count(draft) is { } limited => limited,
        MemberCommand.RecordEvent record => EventArm.Decide(draft, record.Event),
        MemberCommand.Spend spend => PointsArm.Decide(draft, spend),
        MemberCommand.Adjust adjust => PointsArm.Decide(draft, adjust),
        MemberCommand.ConfirmPurchase confirm => ConfirmArm.Decide(draft, confirm),
        MemberCommand.ExtendPoints extend => EndsArm.Decide(draft, extend),
        MemberCommand.ExpirePoints expire => EndsArm.Decide(draft, expire),
        MemberCommand.HoldPoints hold => HoldArm.Decide(draft, hold),
        MemberCommand.CaptureHold capture => HoldArm.Decide(draft, capture),
        MemberCommand.ReleaseHold release => HoldArm.Decide(draft, release),
        MemberCommand.SendPoints send => TransferArm.Decide(draft, send),
        MemberCommand.ReceivePoints receive => TransferArm.Decide(draft, receive),
        MemberCommand.EndTransfer end => TransferArm.Decide(draft, end),
        MemberCommand.StartMerge start => MergeArm.Decide(draft, start),
        MemberCommand.Absorb absorb => MergeArm.Decide(draft, absorb),
        MemberCommand.EndMerge end => MergeArm.Decide(draft, end),
        MemberCommand.RecordFriend friend => ReferralArm.Decide(draft, friend),
        MemberCommand.EndReferral end => ReferralArm.Decide(draft, end),
        MemberCommand.MissReferrer miss => ReferralArm.Decide(draft, miss),
        MemberCommand.AddTag add => TagArm.Decide(draft, add),
        MemberCommand.RemoveTag remove => TagArm.Decide(draft, remove),
        MemberCommand.SetStatus set => StatusArm.Decide(draft, set),
        MemberCommand.GrantTier grant => TierArm.Decide(draft, grant),
        MemberCommand.EndTierGrant end => TierArm.Decide(draft, end),
        MemberCommand.ReassessTier reassess => TierArm.Decide(draft, reassess),
        MemberCommand.LinkIdentity link => IdentityArm.Decide(draft, link),
        MemberCommand.ReleaseIdentity release => IdentityArm.Decide(draft, release),
        MemberCommand.VerifyIdentity verify => IdentityArm.Decide(draft, verify),
        MemberCommand.UseParking use => ParkingArm.Decide(draft, use),
        MemberCommand.MoveParking move => ParkingArm.Decide(draft, move),
        MemberCommand.GrantCoupon grant => CouponArm.Decide(draft, grant),
        MemberCommand.VoidCoupon ended => CouponArm.Decide(draft, ended),
        MemberCommand.ReserveCoupon reserve => CouponArm.Decide(draft, reserve),
        MemberCommand.ReleaseCoupon release => CouponArm.Decide(draft, release),
        MemberCommand.RedeemCoupon redeem => CouponArm.Decide(draft, redeem),
        MemberCommand.ReturnCoupon back => CouponArm.Decide(draft, back),
        MemberCommand.EndCouponAsk end => CouponArm.Decide(draft, end),
        MemberCommand.EndPieceBack back => CouponArm.Decide(draft, back),
        MemberCommand.OrderReward order => OrderArm.Decide(draft, order),
        MemberCommand.PayOrder pay => OrderArm.Decide(draft, pay),
        MemberCommand.PickUpOrder given => OrderArm.Decide(draft, given),
        MemberCommand.CancelOrder cancel => OrderArm.Decide(draft, cancel),
        MemberCommand.ReturnOrder back => OrderArm.Decide(draft, back),
        MemberCommand.NoteContest contest => ReviewArm.Decide(draft, contest),
        MemberCommand.EndReview end => ReviewArm.Decide(draft, end),
        MemberCommand.FireDue => null,
        MemberCommand.SettleParked => SettleArm.Decide(draft),
        MemberCommand.SettleRefund settle => WaitingRefundArm.Decide(draft, settle),
        MemberCommand.LeaveRefund leave => WaitingRefundArm.Decide(draft, leave),
        _ => throw new InvalidOperationException($"No arm for {command.GetType().Name}."),
    };

    private static string? Overflowing(MemberState state)
    {
        foreach (var wallet in state.Wallets)
            if (Math.Abs(wallet.Balance.Value) > Points.Limit || wallet.Pending.Value > Points.Limit)
                return wallet.Wallet;
        return null;
    }
}
