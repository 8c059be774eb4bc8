using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Identities;

/// <summary>
/// Hands one waiting event to a member who has shown its receipt. The member decides first, since it may have
/// claimed as many as it may, and its entry spends the key under which the event is handed over: of several
/// who claim it at once one gets it, and what a crash leaves waiting here nobody gets twice.
/// </summary>
/// <param name="services">What grains share.</param>
/// <param name="scribe">The identity's.</param>
/// <param name="delivery">The identity's.</param>
/// <param name="grains">Finds the members.</param>
public sealed class EventClaims(
    MemberServices services, IdentityScribe scribe, IdentityDelivery delivery, IGrainFactory grains)
{
    public async Task<ClaimEventAnswer> ClaimAsync(EventKey key, MemberId member, string actor)
    {
        if (scribe.State.FindPromised(key, member) is { } promised)
            return new(true, await delivery.DeliverAsync(new(promised, member), actor));
        if (scribe.State.FindWaiting(key) is not { } waiting)
            return await AnswerAgainAsync(key, member);
        var answer = await Member(member).Handle(waiting.ToRequest(actor, dryRun: false, isClaim: true));
        if (answer.Status is not (AnswerStatus.Accepted or AnswerStatus.Duplicate))
            return new(true, answer);
        var first = answer is { Status: AnswerStatus.Duplicate, Member: { } other } ? other : member;
        if (scribe.State.FindWaiting(key) is not null)
            await scribe.Append(
                [new IdentityFact.EventClaimed(key, first), new IdentityFact.Delivered(key)], actor,
                entry => entry);
        return first == member ? new(true, answer) : new(false, null);
    }

    /// <summary>What <see cref="ClaimAsync"/> would answer; changes nothing.</summary>
    public async Task<ClaimEventAnswer> TryAsync(EventKey key, MemberId member, string actor)
    {
        var state = await scribe.ReadDurableAsync();
        var waiting = state.FindWaiting(key);
        return (waiting ?? state.FindPromised(key, member)) is { } kept
            ? new(true, await Member(member).Handle(
                kept.ToRequest(actor, dryRun: true, isClaim: waiting is not null)))
            : await AnswerAgainAsync(key, member);
    }

    /// <summary>It does not wait here any more: who has it is answered as the first time.</summary>
    private async Task<ClaimEventAnswer> AnswerAgainAsync(EventKey key, MemberId member)
    {
        var claim = await services.Keys.FindAsync(key);
        if (claim.Kind != KeyClaimKind.Written)
            return new(false, null);
        var first = await services.FirstAsync(key, claim.Pos);
        return first.Member == member
            ? new(true, new(AnswerStatus.Duplicate, first.Outcome, null, first.Seq) { Member = member })
            : new(false, null);
    }

    private IMemberGrain Member(MemberId member) => grains.GetGrain<IMemberGrain>(member.ToString());
}
