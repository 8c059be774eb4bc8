using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Members;

/// <summary>
/// Carries a transfer on after its debit: credit, then done. Each step has a key that is made of the
/// transfer's name, so that it may be asked any number of times, by whoever began it and by the sender's
/// timer at once.
/// </summary>
/// <param name="receiver">The member of an id.</param>
public sealed class TransferSaga(Func<MemberId, IMemberGrain> receiver)
{
    /// <summary>Ends a transfer one way or the other.</summary>
    /// <param name="from">The sender's id.</param>
    /// <param name="sender">How the sender is told.</param>
    /// <returns>The code with which the receiver refused; null: the points arrived.</returns>
    /// <exception cref="InvalidOperationException">There is no receiver: whoever began it has not
    /// looked.</exception>
    public async Task<string?> EndAsync(
        MemberId from, PointsTransfer transfer, string actor,
        Func<MemberRequest, Task<MemberAnswer>> sender)
    {
        var credit = Step(transfer, "in", actor, new MemberCommand.ReceivePoints(from, transfer));
        var received = await Retry.OnFailedAppend(() => receiver(transfer.To).Handle(credit));
        if (received.Outcome is not { } outcome)
            throw new InvalidOperationException(
                $"Transfer {transfer.Id} is not received: {received.Status} {received.Rejection?.Kind}.");
        var end = Step(transfer, "out", actor, new MemberCommand.EndTransfer(transfer.Id, outcome.Refused));
        await Retry.OnFailedAppend(() => sender(end));
        return outcome.Refused;
    }

    /// <summary>Ends those of which whoever began them has not been heard any more.</summary>
    public async Task DriveAsync(
        MemberState state, DateTimeOffset now, Func<MemberRequest, Task<MemberAnswer>> sender)
    {
        foreach (var transfer in state.Transfers)
            if (transfer.DriveAt <= now)
                await EndAsync(state.Id!.Value, transfer, MemberRequest.Due.Actor, sender);
    }

    private static MemberRequest Step(
        PointsTransfer transfer, string step, string actor, MemberCommand command) => new()
        {
            Command = command,
            Key = EventKey.Of("transfer", transfer.Id, step),
            Actor = actor,
        };
}
