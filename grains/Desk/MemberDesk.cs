using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Identities;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// The way in for everything that is not an event: register, read, spend, adjust, tag, claim.
/// </summary>
public sealed class MemberDesk(
    IGrainFactory grains, EventRouter router, RegistrationDesk registrations, PersonBook persons,
    Pseudonym pseudonym)
{
    /// <summary>
    /// The member that holds an identity such as <c>phone:+8613800138000</c> or <c>member:UUID</c>.
    /// </summary>
    public async Task<Found> FindAsync(string identity, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return IdentityText.TryParse(identity, out var parsed, out var problem)
            ? new(await router.ResolveAsync(parsed), null)
            : new(null, Refusals.InvalidIdentity(null, problem));
    }

    /// <summary>
    /// Makes a member and claims its identities; events that waited for them are delivered.
    /// </summary>
    public Task<DeskAnswer> RegisterAsync(
        Registration registration, DeskCall call, CancellationToken cancellation) =>
        registrations.RegisterAsync(registration, call, cancellation);

    /// <summary>Any command of a member that is not an event.</summary>
    public Task<DeskAnswer> CommandAsync(
        MemberId member, MemberCommand command, DeskCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return CommandAsync(member, command, call, notAfter: null);
    }

    private async Task<DeskAnswer> CommandAsync(
        MemberId member, MemberCommand command, DeskCall call, DateTimeOffset? notAfter)
    {
        var request = new MemberRequest
        {
            Command = command,
            Key = EventKey.ForCommand(call.Actor, call.Key),
            Content = pseudonym.ContentHash(call.Content.Span),
            Actor = call.Actor,
            DryRun = call.DryRun,
            NotAfter = notAfter,
        };
        var answer = await Retry.OnFailedAppend(() => Member(member).Handle(request));
        return DeskAnswer.From(member, answer);
    }

    /// <summary>Gives an identity to a member, with the events that waited for it.</summary>
    /// <param name="named">The member, or one who has become a part of it.</param>
    public async Task<DeskAnswer> LinkAsync(
        MemberId named, string identity, DeskCall call, CancellationToken cancellation)
    {
        if (!IdentityText.TryParse(identity, out var parsed, out var problem)
            || parsed.Kind == IdentityText.Member)
            return DeskAnswer.Refused(
                Refusals.InvalidIdentity("identity", problem ?? "A member id is no identity to link."));
        if (await ReadAsync(named, null, cancellation) is not { Snapshot.State.Id: { } member })
            return DeskAnswer.Refused(Refusals.UnknownMember);
        var link = new MemberCommand.LinkIdentity(router.ToRef(parsed));
        if (call.DryRun)
            return await router.ResolveAsync(parsed) is { } holder && holder != member
                ? DeskAnswer.Refused(Refusals.IdentityTaken("identity"))
                : await CommandAsync(member, link, call, cancellation);
        var saga = new ClaimSaga(router, EventKey.ForCommand(call.Actor, call.Key), call.Actor, null);
        var claim = await saga.TakeAsync(member, parsed);
        if (claim.Holder != member)
            return DeskAnswer.Refused(
                claim.Pledge is null ? Refusals.IdentityTaken("identity") : Refusals.NotNow);
        var answer = await CommandAsync(member, link, call, saga.Until);
        await (answer.Refusal is null ? saga.ConfirmAsync(member, [parsed]) : saga.UndoAsync(member));
        return answer;
    }

    /// <summary>Gives one unclaimed event to a member.</summary>
    public async Task<DeskAnswer> ClaimEventAsync(
        string source, string id, MemberId member, DeskCall call, CancellationToken cancellation)
    {
        if (await ReadAsync(member, null, cancellation) is null)
            return DeskAnswer.Refused(Refusals.UnknownMember);
        var key = EventKey.ForEvent(source, id);
        if (await router.KeeperOfAsync(key) is not { } keeper)
            return DeskAnswer.Refused(Refusals.NothingToClaim);
        var claimed = await Retry.OnFailedAppend(() => call.DryRun
            ? keeper.AskClaimEvent(key, member, call.Actor)
            : keeper.ClaimEvent(key, member, call.Actor));
        return claimed.Answer is { } answer
            ? DeskAnswer.From(member, answer)
            : DeskAnswer.Refused(Refusals.NothingToClaim);
    }

    /// <summary>Null: no such member (at that instant).</summary>
    public async Task<MemberView?> ReadAsync(
        MemberId member, DateTimeOffset? at, CancellationToken cancellation)
    {
        var reading = (MemberReading.Snapshot)await Read(member, new MemberQuery.State(at));
        if (reading.State.Id is null)
            return null;
        var view = await persons.ViewAsync(reading.State.Id.Value, reading, cancellation);
        return reading.State.Referrer is { } referrer
            ? view with { Referrer = await router.HolderAsync(referrer) }
            : view;
    }

    /// <summary>Null: no such member.</summary>
    public async Task<MemberReading.Page?> HistoryAsync(
        MemberId member, long? before, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var page = (MemberReading.Page)await Read(member, new MemberQuery.History(before, limit));
        return page.Entries.IsEmpty && before is null ? null : page;
    }

    /// <summary>A reading that waited for an entry which then failed is asked for again.</summary>
    private Task<MemberReading> Read(MemberId member, MemberQuery query) =>
        Retry.OnFailedAppend(() => Member(member).Read(query));

    private IMemberGrain Member(MemberId member) => grains.GetGrain<IMemberGrain>(member.ToString());
}
