using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Members;

/// <summary>
/// A member's way into another one: while it is under way calls wait, and afterwards they are the other
/// one's, for ever. Not thread-safe: it lives in its grain's turns.
/// </summary>
/// <param name="self">The member's own door.</param>
public sealed class MergePassage(
    MemberServices services, Timeline<MemberState> timeline, IGrainFactory grains,
    Func<MemberRequest, Task<MemberAnswer>> self)
{
    private Task _ending = Task.CompletedTask;

    /// <summary>Whether a request is not this member's to decide, now or any more.</summary>
    public bool Stops(MemberRequest request) =>
        timeline.State.Merge is not null && MemberDecider.StandsStill(request.Command);

    /// <summary>Who goes on; null: this member does, or it is not decided yet.</summary>
    public MemberId? Successor => timeline.State.Merge is { IsOver: true } merge ? merge.Into : null;

    /// <summary>Waits until it is known whose the request is, and hands it over.</summary>
    public async Task<MemberAnswer> FollowAsync(MemberRequest request)
    {
        await EndAsync();
        if (Successor is not { } successor)
            return await self(request);
        var answer = await grains.GetGrain<IMemberGrain>(successor.ToString()).Handle(request);
        return answer.Member is null ? answer with { Member = successor } : answer;
    }

    /// <summary>Ends what is under way; several who ask wait for the same.</summary>
    public Task EndAsync() => _ending.IsCompleted ? _ending = RunAsync() : _ending;

    /// <summary>Ends it if nobody else has in time.</summary>
    public Task DriveAsync() => timeline.State.Merge is { IsOver: false } merge
        && merge.DriveAt <= services.Time.GetUtcNow() ? EndAsync() : Task.CompletedTask;

    /// <summary>Takes in the newest keys of members who are a part of this one, or are about to be: a repeat
    /// of what they recorded comes here.</summary>
    public async ValueTask LearnAsync(MemberRequest? request, CancellationToken cancellation)
    {
        if (request?.Command is MemberCommand.Absorb absorb)
            await services.Keys.LearnAsync(GrainOf(absorb.From), cancellation);
        if (request is null)
            foreach (var absorbed in timeline.State.Absorbed)
                await services.Keys.LearnAsync(GrainOf(absorbed.Member), cancellation);
    }

    private static GrainKey GrainOf(MemberId member) => new(GrainKind.Member, member.Value);

    private async Task RunAsync()
    {
        var (state, seq) = await timeline.ReadDurable();
        if (state.Merge is { IsOver: false })
            await new MergeSaga(services.Journal, grains).EndAsync(
                state, seq, MemberRequest.Due.Actor, self);
    }
}
