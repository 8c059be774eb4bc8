using System.Collections.Immutable;
using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Rules.Commands;
using MallVip.Rules.Identities;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Makes members. Several identities are claimed in the order of their keys, so that two registrations of the same
/// person cannot wait for each other; then the member is enrolled. A registration that was cut off in between is
/// finished by the next one with the same identity: it takes over the member id that the identity was given.
/// </summary>
public sealed class RegistrationDesk(
    IGrainFactory grains, EventRouter router, AttributeReader attributes, ProgrammeHost programmes, Pseudonym pseudonym,
    TimeProvider time)
{
    public async Task<DeskAnswer> RegisterAsync(
        Registration registration, DeskCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var read = Read(registration, out var refusal);
        if (read is null)
            return DeskAnswer.Refused(refusal!);
        if (call.DryRun)
            return DeskAnswer.Refused(Refusals.NoDryRun);
        var member = MemberIds.Draw();
        foreach (var identity in read.Identities)
        {
            var holder = await ClaimAsync(member, identity, call.Actor);
            if (holder == member)
                continue;
            if (identity != read.Identities[0] || await IsOtherAsync(holder, call))
                return DeskAnswer.Refused(Refusals.IdentityTaken("identities"));
            member = holder;
        }

        var request = Enrolment(member, read, call);
        return DeskAnswer.From(
            member, await Retry.OnFailedAppend(() => grains.GetGrain<IMemberGrain>(member.ToString()).Handle(request)));
    }

    /// <summary>Claims an identity for a member; answers who holds it now.</summary>
    public Task<MemberId> ClaimAsync(MemberId member, IdentityText identity, string actor)
    {
        var reference = router.ToRef(identity);
        return Retry.OnFailedAppend(async () =>
        {
            var answer = await router.GrainOf(reference).Claim(new ClaimRequest(
                member, reference, actor, null, [router.PersonOf(identity, member)]));
            return answer.Holder;
        });
    }

    /// <summary>False: the holder was never enrolled, or by this very call; then it is ours to finish.</summary>
    private async Task<bool> IsOtherAsync(MemberId holder, DeskCall call)
    {
        var member = grains.GetGrain<IMemberGrain>(holder.ToString());
        var page = (MemberReading.Page)await member.Read(new MemberQuery.History(2, 1));
        return !page.Entries.IsEmpty && !await router.IsByKeyAsync(holder, EventKey.ForCommand(call.Actor, call.Key));
    }

    private RegistrationRead? Read(Registration registration, out Refusal? refusal)
    {
        var identities = new List<IdentityText>();
        refusal = registration.Identities.IsDefaultOrEmpty
            ? Refusals.InvalidIdentity("identities", "A member has at least one identity.")
            : null;
        foreach (var text in registration.Identities)
        {
            if (!IdentityText.TryParse(text, out var identity, out var problem) || identity.Kind == IdentityText.Member)
                refusal ??= Refusals.InvalidIdentity("identities", problem ?? "A member id is no identity.");
            else if (!identities.Contains(identity))
                identities.Add(identity);
        }

        if (registration.Mall is { } mall && !programmes.Current.Malls.ContainsKey(mall))
            refusal ??= Refusals.UnknownMall(mall);
        if (refusal is not null)
            return null;
        identities.Sort((left, right) => string.CompareOrdinal(router.ToRef(left).Handle, router.ToRef(right).Handle));
        var values = attributes.Read(registration.Attributes, out refusal);
        return values is null ? null : new(identities, registration.Mall, values);
    }

    private MemberRequest Enrolment(MemberId member, RegistrationRead read, DeskCall call) => new()
    {
        Command = new MemberCommand.Enrol(
            member, time.GetUtcNow(), read.Mall, [.. read.Identities.Select(router.ToRef)], read.Attributes.Fields),
        Key = EventKey.ForCommand(call.Actor, call.Key),
        Content = pseudonym.ContentHash(call.Content.Span),
        Actor = call.Actor,
        Persons = [.. read.Attributes.Personal.Select(value => value.OwnedBy(member))],
    };

    private sealed record RegistrationRead(List<IdentityText> Identities, string? Mall, AttributeValues Attributes);
}
