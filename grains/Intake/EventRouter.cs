using System.Globalization;
using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Rules.Events;
using MallVip.Rules.Identities;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>
/// Finds whose an event is. A refund goes to who holds the purchase; everything else to who holds the
/// subject's identity. Nobody: the identity keeps the event, or, in a run, the event enrols its member.
/// </summary>
public sealed class EventRouter(IGrainFactory grains, Pseudonym pseudonym, KeyIndex keys, IJournal journal)
{
    private readonly KnownHolders _holders = new();
    private readonly ReceiptHolder _receipts = new(keys, journal, grains);

    /// <summary>An identity as the state knows it: its kind and the pseudonym of its value.</summary>
    public IdentityRef ToRef(IdentityText identity) =>
        new(identity.Kind, pseudonym.IdentityId(identity.Kind, identity.Value));

    public IIdentityGrain GrainOf(IdentityRef identity) => grains.GetGrain<IIdentityGrain>(identity.Handle);

    /// <summary>Who holds an identity; null: nobody.</summary>
    public async Task<MemberId?> ResolveAsync(IdentityText identity) => identity.Kind == IdentityText.Member
        ? MemberId.Parse(identity.Value)
        : await HolderAsync(ToRef(identity));

    /// <summary>Who holds an identity by its handle; null: nobody.</summary>
    public async Task<MemberId?> HolderAsync(IdentityRef identity) => identity.Kind == IdentityText.Member
        ? new MemberId(UInt128.Parse(
            identity.Handle, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
        : await Retry.OnFailedAppend(() => GrainOf(identity).Resolve());

    /// <summary>Who holds an identity, in their order, whether their claims are settled or not.</summary>
    public Task<HoldersAnswer> HoldersAsync(IdentityRef identity) =>
        Retry.OnFailedAppend(() => GrainOf(identity).Holders());

    /// <summary>Why a member cannot have an identity as well; null: it can, or has it.</summary>
    public async Task<Refusal?> WhyNotAsync(IdentityRef identity, MemberId member, string pointer)
    {
        if (!IdentityText.MayBeShared(identity.Kind))
            return await HolderAsync(identity) is { } holder && holder != member
                ? Refusals.IdentityTaken(pointer) : null;
        var order = (await HoldersAsync(identity)).Members;
        return order.Length < IdentityState.MostHolders || order.Contains(member)
            ? null : Refusals.TooManyHolders(pointer);
    }

    /// <summary>Why a claim was not given: who is in its way.</summary>
    public static Refusal WhyNot(ClaimAnswer claim, string pointer) => claim switch
    {
        { Pledge: not null } => Refusals.NotNow,
        { IsFull: true } => Refusals.TooManyHolders(pointer),
        _ => Refusals.IdentityTaken(pointer),
    };

    /// <summary>Whose an event is. A route by a hint is checked by the member
    /// (<see cref="Route.Via"/>).</summary>
    public Task<Route> RouteAsync(IncomingEvent incoming, IntakeOptions options, DateTimeOffset? clock)
    {
        if (Guess(incoming, out var identity) is { } holder)
            return Task.FromResult(new Route(holder, false, null) { Via = identity });
        var asking = AskAsync(incoming, options, clock);
        return identity is { } learnt ? LearnAsync(learnt, asking) : asking;
    }

    /// <summary>Whose an event is by a hint, which the member checks; null: there is none.</summary>
    /// <param name="identity">The identity that holds it; null: hints are no good for such an event.</param>
    public MemberId? Guess(IncomingEvent incoming, out UInt128? identity)
    {
        identity = null;
        if (incoming.Subject.Kind == IdentityText.Member || incoming.Event.Data is RefundData
            || IdentityText.MayBeShared(incoming.Subject.Kind) || !incoming.Identities.IsEmpty)
            return null;
        identity = pseudonym.IdentityId(incoming.Subject.Kind, incoming.Subject.Value);
        return _holders.Find(identity.Value);
    }

    /// <summary>A member said that it does not hold the identity by which it was found.</summary>
    public void Forget(UInt128 identity) => _holders.Forget(identity);

    private async Task<Route> LearnAsync(UInt128 identity, Task<Route> asking)
    {
        var route = await asking;
        if (route is { Member: { } member, Fresh: false })
            _holders.Learn(identity, member);
        return route;
    }

    /// <summary>Whose an event is, without a hint.</summary>
    public async Task<Route> AskAsync(IncomingEvent incoming, IntakeOptions options, DateTimeOffset? clock)
    {
        if (incoming.Event.Data is RefundData refund
            && await _receipts.FindAsync(refund.Store, refund.Receipt) is { } holder)
            return Route.To(holder);
        var route = await RouteSubjectAsync(incoming, options, clock);
        if (route.Member is not { } member || incoming.Identities.IsEmpty || options.Probe)
            return route;
        return options.DryRun
            ? await AskNamedAsync(route, member, incoming)
            : await ClaimNamedAsync(route, member, incoming, options, clock);
    }

    private async Task<Route> RouteSubjectAsync(
        IncomingEvent incoming, IntakeOptions options, DateTimeOffset? clock)
    {
        if (await ResolveAsync(incoming.Subject) is { } member)
            return Route.To(member);
        var enrols = clock is not null || incoming.Event.Type == EventTypes.MemberRegistered;
        if (options.DryRun)
            return enrols && !options.Probe ? new(incoming.EnrolledMember, Fresh: true, null)
                : Route.Unclaimed;
        return enrols ? await EnrolAsync(incoming, options, clock) : await KeepAsync(incoming, options);
    }

    /// <summary>Whether what the event names besides its subject could be claimed; claims nothing.</summary>
    private async Task<Route> AskNamedAsync(Route route, MemberId member, IncomingEvent incoming)
    {
        foreach (var identity in incoming.Identities)
            if (await WhyNotAsync(identity, member, "data.identities") is { } refusal)
                return Route.Refused(refusal);
        return route;
    }

    /// <summary>
    /// Claims what the event names besides its subject, in the order of the keys; if one is taken, none.
    /// </summary>
    private async Task<Route> ClaimNamedAsync(
        Route route, MemberId member, IncomingEvent incoming, IntakeOptions options, DateTimeOffset? clock)
    {
        var named = incoming.Identities.OrderBy(known => known.Handle, StringComparer.Ordinal).ToArray();
        for (var i = 0; i < named.Length; i++)
        {
            var answer = await ClaimNamedAsync(member, named[i], incoming, options, clock);
            if (answer.Holder == member)
                continue;
            foreach (var taken in named.Take(i))
                await SettleAsync(member, taken, incoming.Key);
            return Route.Refused(WhyNot(answer, "data.identities"));
        }

        return route;
    }

    private Task<ClaimAnswer> ClaimNamedAsync(
        MemberId member, IdentityRef identity, IncomingEvent incoming, IntakeOptions options,
        DateTimeOffset? clock)
    {
        var persons = incoming.PersonsOf(member).Where(row => $"{row.Handle:x32}" == identity.Handle);
        var request = new ClaimRequest(member, identity, options.Actor, clock, [.. persons])
        {
            Registration = incoming.Key,
            Shares = IdentityText.MayBeShared(identity.Kind),
        };
        return Retry.OnFailedAppend(() => GrainOf(identity).Claim(request));
    }

    /// <summary>The claims of what the event names are for good where the member has it by now, and undone
    /// where not: the event is a repeat, and it was released since.</summary>
    public async Task SettleNamedAsync(MemberId member, IncomingEvent incoming)
    {
        foreach (var identity in incoming.Identities)
            await SettleAsync(member, identity, incoming.Key);
    }

    /// <summary>See <see cref="IIdentityGrain.Check"/>.</summary>
    public Task CheckAsync(MemberId member, IdentityRef identity) =>
        identity.Kind == IdentityText.Member
            ? Task.CompletedTask
            : Retry.OnFailedAppend(async () =>
            {
                await GrainOf(identity).Check(member);
                return true;
            });

    /// <summary>See <see cref="IIdentityGrain.Settle"/>.</summary>
    public Task SettleAsync(MemberId member, IdentityRef identity, EventKey registration) =>
        Retry.OnFailedAppend(async () =>
        {
            await GrainOf(identity).Settle(member, registration);
            return true;
        });

    /// <summary>The identity that keeps an unclaimed event; null: no identity does.</summary>
    public async Task<IIdentityGrain?> KeeperOfAsync(EventKey key)
    {
        var claim = await keys.FindAsync(key);
        var entry = claim.Kind == KeyClaimKind.Written ? await journal.ReadAtAsync(claim.Pos) : null;
        return entry?.Grain.Kind == GrainKind.Identity
            ? grains.GetGrain<IIdentityGrain>($"{entry.Grain.Id:x32}")
            : null;
    }

    /// <summary>Whether a member's journal has an entry with this key.</summary>
    public async Task<bool> IsByKeyAsync(MemberId member, EventKey key)
    {
        var claim = await keys.FindAsync(key);
        var entry = claim.Kind == KeyClaimKind.Written ? await journal.ReadAtAsync(claim.Pos) : null;
        return entry?.Grain == new GrainKey(GrainKind.Member, member.Value);
    }

    /// <summary>
    /// Keeps an event whose identity is claimed by a member who is not enrolled yet: a registration is under
    /// way, or was cut off. The event reaches the member when it is.
    /// </summary>
    public async Task<EventAnswer> KeepForAsync(
        MemberId member, IncomingEvent incoming, IntakeOptions options)
    {
        if (incoming.Subject.Kind == IdentityText.Member)
            return new() { Status = EventStatus.Rejected, Refusal = Refusals.UnknownMember };
        var route = await KeepAsync(incoming, options, member);
        await DeliverAsync(member, incoming, options, null);
        return route.Answer ?? new() { Status = EventStatus.Rejected, Refusal = Refusals.NotNow };
    }

    /// <summary>Hands events that waited at an identity to its member, who is enrolled by now.</summary>
    public Task DeliverAsync(
        MemberId member, IncomingEvent incoming, IntakeOptions options, DateTimeOffset? clock) =>
        incoming.Subject.Kind == IdentityText.Member
            ? Task.CompletedTask
            : Retry.OnFailedAppend(() => GrainOf(ToRef(incoming.Subject)).Claim(
                new(member, ToRef(incoming.Subject), options.Actor, clock, [])));

    private Task<Route> KeepAsync(IncomingEvent incoming, IntakeOptions options, MemberId? early = null)
    {
        var identity = ToRef(incoming.Subject);
        var owner = new MemberId(
            UInt128.Parse(identity.Handle, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        var subject = new PersonalValue(owner.Value, incoming.Subject.Kind, incoming.Subject.Value);
        return Retry.OnFailedAppend(async () =>
        {
            var answer = await GrainOf(identity).Keep(new KeepRequest(
                incoming.Event, incoming.Key, incoming.Content, incoming.Receipt, options.Actor,
                [subject.OwnedBy(owner), .. incoming.PersonsOf(owner)])
            {
                Early = early,
            });
            return answer.Status switch
            {
                KeepStatus.Claimed => Route.To(answer.Member!.Value),
                KeepStatus.Kept => Route.Unclaimed,
                KeepStatus.Duplicate => Route.Again(answer.Member, answer.Outcome),
                KeepStatus.KeyReused => Route.Refused(Refusals.EventIdReused),
                KeepStatus.ReceiptTaken => Route.Refused(Refusals.ReceiptKnown),
                KeepStatus.Full => Route.Refused(Refusals.IdentityFull),
                _ => throw new InvalidOperationException($"No route for {answer.Status}."),
            };
        });
    }

    private Task<Route> EnrolAsync(IncomingEvent incoming, IntakeOptions options, DateTimeOffset? clock)
    {
        var identity = ToRef(incoming.Subject);
        var member = incoming.EnrolledMember;
        var person = PersonOf(incoming.Subject, member);
        return Retry.OnFailedAppend(async () =>
        {
            var answer = await GrainOf(identity).Claim(
                new ClaimRequest(member, identity, options.Actor, clock, [person]));
            return answer.Holder == member
                ? new Route(member, Fresh: true, null)
                : Route.To(await HolderAsync(identity) ?? answer.Holder);
        });
    }

    /// <summary>The person row of an identity.</summary>
    public PersonRow PersonOf(IdentityText identity, MemberId owner) =>
        new PersonalValue(pseudonym.IdentityId(identity.Kind, identity.Value), identity.Kind,
            identity.Value).OwnedBy(owner);
}

/// <summary>Where an event goes, or what became of it on the way.</summary>
/// <param name="Member">Null: it ends here, with <paramref name="Answer"/>.</param>
/// <param name="Fresh">The event enrols this member.</param>
public sealed record Route(MemberId? Member, bool Fresh, EventAnswer? Answer)
{
    /// <summary>The identity that held the member when it was last asked; null: it was asked now.</summary>
    public UInt128? Via { get; init; }

    /// <summary>Kept at its identity.</summary>
    public static Route Unclaimed { get; } = new(null, false, new() { Status = EventStatus.Unclaimed });

    /// <summary>Kept at its identity before; it may have reached a member since.</summary>
    public static Route Again(MemberId? member, Outcome? outcome) =>
        new(null, false, new() { Status = EventStatus.Duplicate, Member = member, Outcome = outcome });

    public static Route To(MemberId member) => new(member, false, null);

    public static Route Refused(Refusal refusal) =>
        new(null, false, new() { Status = EventStatus.Rejected, Refusal = refusal });
}
