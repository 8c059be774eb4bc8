using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Makes one member of two. Events for either keep coming meanwhile: they wait for at most as long as two
/// entries take, and none is refused. If it breaks off, a repeat, any call of the member or its timer
/// carries it on.
/// </summary>
public sealed class MergeDesk(IGrainFactory grains, MemberDesk desk, IJournal journal)
{
    /// <param name="member">Who becomes a part of the other; its id leads to that one from then on.</param>
    /// <param name="into">Who goes on.</param>
    public async Task<DeskAnswer> MergeAsync(
        MemberId member, MemberId into, string reason, DeskCall call, CancellationToken cancellation)
    {
        if (await desk.ReadAsync(into, null, cancellation) is not { Snapshot.State.Id: { } survivor })
            return DeskAnswer.Refused(Refusals.UnknownMember);
        var id = EventKey.ForCommand(call.Actor, call.Key).ToString();
        var started = await desk.CommandAsync(
            member, new MemberCommand.StartMerge(id, survivor, reason), call, cancellation);
        if (call.DryRun || started.Answer is not { } answer)
            return started;
        var absorbed = await EndAsync(answer.Member ?? member, new(id, survivor, default), call.Actor);
        return absorbed.Outcome!.Refused is { } code
            ? DeskAnswer.Refused(Refusals.MergeRefused(code))
            : DeskAnswer.From(absorbed.Member ?? survivor, absorbed);
    }

    private async Task<MemberAnswer> EndAsync(MemberId member, MergeState merge, string actor)
    {
        var grain = grains.GetGrain<IMemberGrain>(member.ToString());
        var reading = (MemberReading.Snapshot)await Retry.OnFailedAppend(
            () => grain.Read(new MemberQuery.State()));
        var saga = new MergeSaga(journal, grains);
        return reading.State.Merge?.Id == merge.Id
            ? await saga.EndAsync(reading.State, reading.Seq, actor, grain.Handle)
            : await saga.AskAsync(merge, member, actor);
    }
}
