using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Members;

/// <summary>
/// Carries a merge on after the member has come to a stand: who goes on absorbs it, its identities follow,
/// then the member knows. Each step has a key that is made of the merge's name, so that it may be asked any
/// number of times, by whoever began it and by the member's timer at once.
/// </summary>
public sealed class MergeSaga(IPersonStore persons, IGrainFactory grains)
{
    /// <summary>Ends a merge one way or the other.</summary>
    /// <param name="state">The member that stands still.</param>
    /// <param name="entries">How many entries it has.</param>
    /// <param name="self">How the member is told.</param>
    /// <returns>The answer of who goes on; its outcome tells whether it refused.</returns>
    /// <exception cref="InvalidOperationException">Nobody is there to go on: whoever began it has not
    /// looked.</exception>
    public async Task<MemberAnswer> EndAsync(
        MemberState state, long entries, string actor, Func<MemberRequest, Task<MemberAnswer>> self)
    {
        var (from, merge) = (state.Id!.Value, state.Merge!);
        var rows = await persons.GetPersonsOfAsync(from.Value);
        var absorbed = await AskAsync(merge, actor, new(merge.Id, from, entries, state), rows);
        var refused = absorbed.Outcome!.Refused;
        if (refused is null)
            foreach (var identity in state.Identities)
                await Retry.OnFailedAppend(() => grains.GetGrain<IIdentityGrain>(identity.Handle).Move(
                    from, merge.Into, actor));
        var end = Step(merge.Id, "out", actor, new MemberCommand.EndMerge(merge.Id, refused));
        await Retry.OnFailedAppend(() => self(end));
        return absorbed;
    }

    /// <summary>What became of a merge that is over.</summary>
    public Task<MemberAnswer> AskAsync(MergeState merge, MemberId from, string actor) =>
        AskAsync(merge, actor, new(merge.Id, from, 0, null), []);

    private async Task<MemberAnswer> AskAsync(
        MergeState merge, string actor, MemberCommand.Absorb command, IReadOnlyList<PersonRow> rows)
    {
        var step = Step(merge.Id, "in", actor, command) with
        {
            Persons = [.. rows.Select(row => row with { Member = merge.Into.Value })],
        };
        var answer = await Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(merge.Into.ToString()).Handle(step));
        return answer.Outcome is not null
            ? answer
            : throw new InvalidOperationException(
                $"Merge {merge.Id} is not answered: {answer.Status} {answer.Rejection?.Kind}.");
    }

    private static MemberRequest Step(
        string merge, string step, string actor, MemberCommand command) => new()
        {
            Command = command,
            Key = EventKey.Of("merge", merge, step),
            Actor = actor,
        };
}
