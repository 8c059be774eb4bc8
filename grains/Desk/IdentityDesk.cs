using System.Globalization;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Checking;
using MallVip.Rules.Commands;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Gives identities to members, takes them away and says which were checked. An identity and its member are
/// two grains: what is between their entries is a pledge, which ends by the member's own word.
/// </summary>
public sealed class IdentityDesk(
    IGrainFactory grains, EventRouter router, MemberDesk desk, SharingDesk sharing)
{
    /// <summary>Gives an identity to a member, with the events that waited for it. One that may be shared is
    /// shared, at the end of the order.</summary>
    /// <param name="named">The member, or one who has become a part of it.</param>
    /// <param name="proof">How it was checked to be the member's; null: it was not.</param>
    public async Task<DeskAnswer> LinkAsync(
        MemberId named, string identity, IdentityProof? proof, DeskCall call, CancellationToken cancellation)
    {
        if (Parse(identity, "A member id is no identity to link.", out var refusal) is not { } parsed)
            return DeskAnswer.Refused(refusal!);
        if (await MemberAsync(named, cancellation) is not { } member)
            return DeskAnswer.Refused(Refusals.UnknownMember);
        var reference = router.ToRef(parsed);
        var link = new MemberCommand.LinkIdentity(reference) { Proof = proof };
        if (call.DryRun)
            return await router.WhyNotAsync(reference, member, "identity") is { } refused
                ? DeskAnswer.Refused(refused)
                : await sharing.ToldAsync(
                    await desk.CommandAsync(member, link, call, cancellation), member, [parsed], joins: true);
        var preview = await desk.CommandAsync(member, link, call with { DryRun = true }, cancellation);
        if (preview is { Refusal: not null } or { Answer.Status: AnswerStatus.Duplicate })
            return preview;
        var saga = new ClaimSaga(router, EventKey.ForCommand(call.Actor, call.Key), call.Actor, null);
        var claim = await saga.TakeAsync(member, parsed, shares: true);
        if (claim.Holder != member || claim.Pledge is { Ends: true })
            return DeskAnswer.Refused(EventRouter.WhyNot(claim, "identity"));

        // Held for good already: it must still be the member's own when that is said again.
        var answer = await desk.CommandAsync(
            member, link, call, saga.Until, via: claim.Pledge is null ? HandleOf(reference) : null);
        if (answer is { Refusal: not null, Answer: null } && claim.Pledge is null)
            await router.CheckAsync(member, reference);
        await saga.UndoAsync(member);
        return await sharing.ToldAsync(answer, member, [parsed]);
    }

    /// <summary>Takes an identity from a member: from the answer on it is the next one's in order, or
    /// anybody may claim it.</summary>
    /// <param name="named">The member, or one who has become a part of it.</param>
    /// <param name="evenLast">Whether it may be the last one; then only the member's id is left.</param>
    public async Task<DeskAnswer> ReleaseAsync(
        MemberId named, string identity, string reason, bool evenLast, DeskCall call,
        CancellationToken cancellation)
    {
        if (Parse(identity, "A member id is no identity to release.", out var refusal) is not { } parsed)
            return DeskAnswer.Refused(refusal!);
        if (await MemberAsync(named, cancellation) is not { } member)
            return DeskAnswer.Refused(Refusals.UnknownMember);
        var reference = router.ToRef(parsed);
        var command = new MemberCommand.ReleaseIdentity(reference, reason, evenLast);
        if (call.DryRun)
            return await desk.CommandAsync(member, command, call, cancellation);
        var release = EventKey.ForCommand(call.Actor, call.Key);
        var begun = await Retry.OnFailedAppend(
            () => router.GrainOf(reference).BeginRelease(member, release, call.Actor));
        var isHeld = begun.Holder == member;
        if (isHeld && begun.Pledge?.By != release)
            return DeskAnswer.Refused(Refusals.NotNow);
        var answer = await desk.CommandAsync(
            member, command, call, notAfter: isHeld ? begun.Pledge!.Until : null, via: null);
        await router.SettleAsync(member, reference, release);
        return answer;
    }

    /// <summary>Says that an identity was checked to be the member's, or is not any more.</summary>
    /// <param name="proof">Null: not any more.</param>
    public async Task<DeskAnswer> VerifyAsync(
        MemberId member, string identity, IdentityProof? proof, DeskCall call, CancellationToken cancellation)
    {
        if (Parse(identity, "A member id is no identity to verify.", out var refusal) is not { } parsed)
            return DeskAnswer.Refused(refusal!);
        var command = new MemberCommand.VerifyIdentity(router.ToRef(parsed), proof);
        return await desk.CommandAsync(member, command, call, cancellation);
    }

    private static IdentityText? Parse(string identity, Sentence ifMember, out Refusal? refusal)
    {
        var isIdentity = IdentityText.TryParse(identity, out var parsed, out var problem)
            && parsed.Kind != IdentityText.Member;
        refusal = isIdentity ? null : Refusals.InvalidIdentity("identity", problem ?? ifMember);
        return isIdentity ? parsed : null;
    }

    private static UInt128 HandleOf(IdentityRef identity) =>
        UInt128.Parse(identity.Handle, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private async Task<MemberId?> MemberAsync(MemberId named, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var reading = (MemberReading.Snapshot)await Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(named.ToString()).Read(new MemberQuery.State()));
        return reading.State.Id;
    }
}
