using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Points from one member to another: they leave the sender, arrive or are refused, and the sender knows. The
/// answer comes when it is over. If it breaks off, a repeat or the sender's timer carries it on; nowhere on
/// the way are the points with both, or lost.
/// </summary>
public sealed class TransferDesk(IGrainFactory grains, MemberDesk desk)
{
    /// <param name="wallet">Of both.</param>
    public async Task<DeskAnswer> TransferAsync(
        MemberId from, MemberId to, string wallet, Points amount, string? reason, DeskCall call,
        CancellationToken cancellation)
    {
        if (await desk.ReadAsync(to, null, cancellation) is null)
            return DeskAnswer.Refused(Refusals.UnknownMember);
        var id = EventKey.ForCommand(call.Actor, call.Key).ToString();
        var sent = await desk.CommandAsync(
            from, new MemberCommand.SendPoints(id, to, wallet, amount, reason), call, cancellation);
        if (call.DryRun || sent.Answer?.Outcome?.Sent is not { } transfer)
            return sent;
        var saga = new TransferSaga(Member);
        var refused = await saga.EndAsync(from, transfer, call.Actor, end => Member(from).Handle(end));
        return refused is null ? sent : DeskAnswer.Refused(Refusals.TransferRefused(refused));
    }

    private IMemberGrain Member(MemberId member) => grains.GetGrain<IMemberGrain>(member.ToString());
}
