using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Members;

namespace MallVip.Grains.Members;

/// <summary>
/// Looks for the purchases of refunds that wait with a member: another member may have brought the receipt,
/// or the two have become one. The refund goes to who has the purchase under a key made of its own name, then
/// the member knows; so it counts once, after a crash at any step too.
/// </summary>
public sealed class RefundSaga(MemberServices services, IGrainFactory grains)
{
    private readonly ReceiptHolder _receipts = new(services.Keys, services.Journal, grains);

    /// <summary>Looks for those whose time to be looked for has come.</summary>
    /// <param name="self">How the member is told.</param>
    public async Task DriveAsync(
        MemberState state, DateTimeOffset now, Func<MemberRequest, Task<MemberAnswer>> self)
    {
        if (state.Merge is not null)
            return;
        foreach (var parked in state.Parked)
            if (parked.LookAt <= now && parked.Event.Data is RefundData refund)
            {
                var step = MemberRequest.Due with { Command = await LookAsync(state, parked, refund) };
                await Retry.OnFailedAppend(() => self(step));
            }
    }

    private async Task<MemberCommand> LookAsync(MemberState state, ParkedEvent parked, RefundData refund)
    {
        if (await _receipts.FindAsync(refund.Store, refund.Receipt) is not { } holder)
            return new MemberCommand.LeaveRefund(parked.Entry, null);
        if (holder == state.Id || state.Absorbed.Any(absorbed => absorbed.Member == holder))
            return new MemberCommand.SettleRefund(parked.Entry);
        var request = new MemberRequest
        {
            Command = new MemberCommand.RecordEvent(parked.Event),
            Key = EventKey.Of("refund-moved", parked.Event.Source, parked.Event.Id),
            Actor = MemberRequest.Due.Actor,
            AnyAge = true,
        };
        var answer = await Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(holder.ToString()).Handle(request));
        return new MemberCommand.LeaveRefund(parked.Entry, answer switch
        {
            { Outcome: not null } => MemberCommand.LeaveRefund.Taken,
            // An identity that keeps the purchase is on its way to its member.
            { Rejection.Kind: RejectionKind.UnknownMember } => null,
            { Rejection: { } rejection } => RejectionCatalog.Of(rejection.Kind).Code,
            _ => throw new InvalidOperationException(
                $"Refund {parked.Entry} is not heard: {answer.Status}."),
        });
    }
}
