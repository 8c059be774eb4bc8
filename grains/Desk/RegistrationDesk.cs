using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Identities;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Makes members: claims every identity, in the order of their keys, then enrols. If one of several is taken,
/// the claims are undone. A registration that was cut off in between is finished by its repeat, or by the
/// next one with the same identity: it takes over the member id that the identity was given. Who registers
/// with a plate or a device that others hold shares it with them.
/// </summary>
public sealed class RegistrationDesk(
    IGrainFactory grains, EventRouter router, RegistrationReader reader, SharingDesk sharing,
    Pseudonym pseudonym, TimeProvider time)
{
    /// <summary>A member who registers, now.</summary>
    public async Task<DeskAnswer> RegisterAsync(
        Registration registration, DeskCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (reader.Read(registration, out var refusal) is not { } read)
            return DeskAnswer.Refused(refusal!);
        var key = EventKey.ForCommand(call.Actor, call.Key);
        return await EnrolAsync(MemberIds.Draw(), read, key, call.Actor, null, member => new MemberRequest
        {
            DryRun = call.DryRun,
            Command = EnrolCommand(member, read, time.GetUtcNow()),
            Key = key,
            Content = pseudonym.ContentHash(call.Content.Span),
            Actor = call.Actor,
            Persons = [.. read.Attributes.Personal.Select(value => value.OwnedBy(member))],
        });
    }

    /// <summary>
    /// A member who comes from another system, with balances and a tier, on the clock of a run.
    /// </summary>
    public async Task<DeskAnswer> OpenAsync(
        Opening opening, IntakeOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (reader.Read(opening.Registration, out var refusal) is not { } read)
            return DeskAnswer.Refused(refusal!);
        var key = EventKey.Of("opening", opening.Source, opening.Id);
        var clock = options.Run?.Advance(opening.EnrolledAt);
        var first = MemberIds.OfEvent(opening.Source, opening.Id);
        return await EnrolAsync(first, read, key, options.Actor, clock, member =>
        {
            options.Run?.Touch(member);
            return Request(member);
        });

        MemberRequest Request(MemberId member) => new()
        {
            Command = new MemberCommand.OpenAccount(
                EnrolCommand(member, read, opening.EnrolledAt), opening.Lots, opening.Tier,
                opening.TierUntil)
            { Tags = opening.Tags.IsEmpty ? null : opening.Tags },
            Key = key,
            Actor = options.Actor,
            RunClock = clock,
            Persons = [.. read.Attributes.Personal.Select(value => value.OwnedBy(member))],
        };
    }

    private async Task<DeskAnswer> EnrolAsync(
        MemberId member,
        RegistrationRead read,
        EventKey key,
        string actor,
        DateTimeOffset? clock,
        Func<MemberId, MemberRequest> request)
    {
        if (await PreviewAsync(request(member), member, read, key) is { } known)
            return known;
        if (request(member).DryRun)
            return await TryAsync(member, read, request);

        // A single claim has no others to be undone with: it is for good, and saves an entry. Of several
        // members none may be one that was never enrolled.
        var stands = read.Identities is [{ } only] && !IdentityText.MayBeShared(only.Kind);
        var saga = new ClaimSaga(router, stands ? EventKey.None : key, actor, clock);
        var drawn = member;
        for (var i = 0; i < read.Identities.Length; i++)
        {
            var claim = await saga.TakeAsync(member, read.Identities[i]);
            var ours = claim.Holder != member
                && (claim.Pledge is { } pledge ? pledge.By == key : await IsOursAsync(claim.Holder, key));
            if (claim.Holder != member && !ours)
                claim = await saga.TakeAsync(member, read.Identities[i], shares: true);
            if (claim.Holder == member)
                continue;
            await saga.UndoAsync(member);
            if (member != drawn || !ours)
                return claim.Pledge is not null ? DeskAnswer.Refused(Refusals.NotNow)
                    : await PreviewAsync(request(drawn), drawn, read, key)
                    ?? DeskAnswer.Refused(EventRouter.WhyNot(claim, "identities"));
            (member, i) = (claim.Holder, -1);
        }

        var answer = await AskAsync(member, request(member) with { NotAfter = saga.Until });
        await (answer is { Refusal: null, Answer.Status: not AnswerStatus.Duplicate }
            ? saga.ConfirmAsync(member, read.Identities) : saga.UndoAsync(member));
        return await sharing.ToldAsync(answer, answer.Member ?? member, read.Identities);
    }

    private async Task<DeskAnswer> TryAsync(
        MemberId member, RegistrationRead read, Func<MemberId, MemberRequest> request)
    {
        var first = read.Identities[0];
        var known = IdentityText.MayBeShared(first.Kind) ? null : await router.ResolveAsync(first);
        var answer = await AskAsync(known ?? member, request(known ?? member));
        return await sharing.ToldAsync(answer, member, read.Identities, joins: true);
    }

    private async Task<DeskAnswer> AskAsync(MemberId member, MemberRequest enrolment)
    {
        var answer = await Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(member.ToString()).Handle(enrolment));
        return DeskAnswer.From(answer.Member ?? member, answer);
    }

    /// <summary>Asks before anything is claimed, so that a registration that cannot succeed leaves no
    /// trace, and one whose member has become a part of another since is answered as it was. Null: nothing
    /// stands in its way.</summary>
    private async Task<DeskAnswer?> PreviewAsync(
        MemberRequest enrolment, MemberId member, RegistrationRead read, EventKey key)
    {
        var grain = grains.GetGrain<IMemberGrain>(member.ToString());
        var preview = await Retry.OnFailedAppend(() => grain.Handle(enrolment with { DryRun = true }));
        if (DeskAnswer.From(member, preview).Refusal is { } refusal)
            return DeskAnswer.Refused(refusal);
        if (preview.Status == AnswerStatus.Duplicate)
            return await FinishAsync(preview.Member ?? member, preview, enrolment.DryRun, read, key);
        foreach (var identity in read.Identities)
        {
            if (await router.ResolveAsync(identity) is { } holder && holder != member
                && !await IsOursAsync(holder, key)
                && await router.WhyNotAsync(router.ToRef(identity), member, "identities") is { } taken)
                return DeskAnswer.Refused(taken);
        }

        return null;
    }

    /// <summary>The member is enrolled: what is left of its claims ends by what it has now. Some of it may be
    /// released since, or another's.</summary>
    private async Task<DeskAnswer> FinishAsync(
        MemberId member, MemberAnswer first, bool dryRun, RegistrationRead read, EventKey key)
    {
        if (!dryRun)
            foreach (var identity in read.Identities)
                await router.SettleAsync(member, router.ToRef(identity), key);
        return await sharing.ToldAsync(DeskAnswer.From(member, first), member, read.Identities);
    }

    /// <summary>
    /// True: the holder was never enrolled and nobody is about to, or by this very call; then it is ours to
    /// finish.
    /// </summary>
    private async Task<bool> IsOursAsync(MemberId holder, EventKey key)
    {
        var member = grains.GetGrain<IMemberGrain>(holder.ToString());
        var page = (MemberReading.Page)await member.Read(new MemberQuery.History(2, 1));
        return page.Entries.IsEmpty || await router.IsByKeyAsync(holder, key);
    }

    private MemberCommand.Enrol EnrolCommand(MemberId member, RegistrationRead read, DateTimeOffset at) =>
        new(member, at, read.Mall, [.. read.Identities.Select(router.ToRef)], read.Attributes.Fields);
}
