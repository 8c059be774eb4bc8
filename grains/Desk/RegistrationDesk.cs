using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Identities;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Makes members: claims every identity, then enrols. A registration that was cut off in between is finished
/// by the next one with the same identity: it takes over the member id that the identity was given.
/// </summary>
public sealed class RegistrationDesk(
    IGrainFactory grains, EventRouter router, RegistrationReader reader, Pseudonym pseudonym, TimeProvider time)
{
    /// <summary>A member who registers, now.</summary>
    public async Task<DeskAnswer> RegisterAsync(
        Registration registration, DeskCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (reader.Read(registration, out var refusal) is not { } read)
            return DeskAnswer.Refused(refusal!);
        if (call.DryRun)
            return DeskAnswer.Refused(Refusals.NoDryRun);
        var key = EventKey.ForCommand(call.Actor, call.Key);
        return await EnrolAsync(MemberIds.Draw(), read, key, call.Actor, null, member => new MemberRequest
        {
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
    public async Task<DeskAnswer> OpenAsync(Opening opening, IntakeOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (reader.Read(opening.Registration, out var refusal) is not { } read)
            return DeskAnswer.Refused(refusal!);
        var key = EventKey.Of("opening", opening.Source, opening.Id);
        var clock = options.Run?.Advance(opening.EnrolledAt);
        var first = MemberIds.OfEvent(opening.Source, opening.Id);
        return await EnrolAsync(first, read, key, options.Actor, clock, member => new MemberRequest
        {
            Command = new MemberCommand.OpenAccount(
                EnrolCommand(member, read, opening.EnrolledAt), opening.Lots, opening.Tier, opening.TierUntil),
            Key = key,
            Actor = options.Actor,
            RunClock = clock,
            Persons = [.. read.Attributes.Personal.Select(value => value.OwnedBy(member))],
        });
    }

    /// <summary>Claims an identity for a member; answers who holds it now.</summary>
    public Task<MemberId> ClaimAsync(MemberId member, IdentityText identity, string actor, DateTimeOffset? clock = null)
    {
        var reference = router.ToRef(identity);
        return Retry.OnFailedAppend(async () =>
        {
            var answer = await router.GrainOf(reference).Claim(new Identities.ClaimRequest(
                member, reference, actor, clock, [router.PersonOf(identity, member)]));
            return answer.Holder;
        });
    }

    private async Task<DeskAnswer> EnrolAsync(
        MemberId member,
        RegistrationRead read,
        EventKey key,
        string actor,
        DateTimeOffset? clock,
        Func<MemberId, MemberRequest> request)
    {
        for (var i = 0; i < read.Identities.Length; i++)
        {
            var holder = await ClaimAsync(member, read.Identities[i], actor, clock);
            if (holder == member)
                continue;
            if (i > 0 || await IsOtherAsync(holder, key))
                return DeskAnswer.Refused(Refusals.IdentityTaken("identities"));
            member = holder;
        }

        var enrolment = request(member);
        var answer = await Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(member.ToString()).Handle(enrolment));

        // The second claim delivers the events that waited: there is somebody to take them now.
        foreach (var identity in read.Identities)
            await ClaimAsync(member, identity, actor, clock);
        return DeskAnswer.From(member, answer);
    }

    /// <summary>
    /// False: the holder was never enrolled, or by this very call; then it is ours to finish.
    /// </summary>
    private async Task<bool> IsOtherAsync(MemberId holder, EventKey key)
    {
        var member = grains.GetGrain<IMemberGrain>(holder.ToString());
        var page = (MemberReading.Page)await member.Read(new MemberQuery.History(2, 1));
        return !page.Entries.IsEmpty && !await router.IsByKeyAsync(holder, key);
    }

    private MemberCommand.Enrol EnrolCommand(MemberId member, RegistrationRead read, DateTimeOffset at) =>
        new(member, at, read.Mall, [.. read.Identities.Select(router.ToRef)], read.Attributes.Fields);
}
