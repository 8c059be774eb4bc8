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
    Pseudonym pseudonym, WrongClaims wrong)
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
        return CommandAsync(member, command, call, notAfter: null, via: null);
    }

    /// <summary>A command that stands on a claim: see <see cref="MemberRequest.NotAfter"/> and
    /// <see cref="MemberRequest.Via"/>.</summary>
    public async Task<DeskAnswer> CommandAsync(
        MemberId member, MemberCommand command, DeskCall call, DateTimeOffset? notAfter, UInt128? via)
    {
        var request = new MemberRequest
        {
            Command = command,
            Key = EventKey.ForCommand(call.Actor, call.Key),
            Content = pseudonym.ContentHash(call.Content.Span),
            Actor = call.Actor,
            DryRun = call.DryRun,
            Coupon = call.Coupon,
            NotAfter = notAfter,
            Via = via,
        };
        var answer = await Retry.OnFailedAppend(() => Member(member).Handle(request));
        return DeskAnswer.From(member, answer);
    }

    /// <summary>Gives one unclaimed event to a member.</summary>
    public async Task<DeskAnswer> ClaimEventAsync(
        string source, string id, MemberId member, DeskCall call, CancellationToken cancellation)
    {
        if (await ReadAsync(member, null, cancellation) is not { Snapshot.State.Id: { } claimant })
            return DeskAnswer.Refused(Refusals.UnknownMember);
        if (wrong.WaitsUntil(call.Actor, claimant) is { } until)
            return DeskAnswer.Refused(Refusals.TriedTooOften(wrong.Most, until));
        var key = EventKey.ForEvent(source, id);
        var keeper = await router.KeeperOfAsync(key);
        var claimed = keeper is null ? null : await Retry.OnFailedAppend(() => call.DryRun
            ? keeper.AskClaimEvent(key, claimant, call.Actor)
            : keeper.ClaimEvent(key, claimant, call.Actor));
        if (claimed?.Answer is { } answer)
            return DeskAnswer.From(claimant, answer);
        wrong.Note(call.Actor, claimant);
        return DeskAnswer.Refused(Refusals.NothingToClaim);
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
