using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Identities;

/// <summary>What an identity knows: who holds it, and the events that came before anybody did.</summary>
public sealed record IdentityState
{
    public static IdentityState Empty { get; } = new();

    /// <summary>Null: nobody has claimed it.</summary>
    public MemberId? Holder { get; init; }

    /// <summary>The holder's claim may still be undone; null: it is for good, or there is none.</summary>
    public Pledge? Pledge { get; init; }

    /// <summary>Whose the identity's events are: the holder, once the claim is for good.</summary>
    public MemberId? Owner => Pledge is null ? Holder : null;

    /// <summary>Events that wait for a claim, oldest first.</summary>
    public ImmutableArray<KeptEvent> Waiting { get; init; } = [];

    /// <summary>
    /// Events that are on their way to a member; delivered again until the member has them.
    /// </summary>
    public ImmutableArray<PromisedEvent> Promised { get; init; } = [];

    /// <summary>How many events are kept here, for whomever.</summary>
    public int Kept => Waiting.Length + Promised.Length;

    /// <summary>The kept event that a member could claim, or was promised; null: none.</summary>
    public KeptEvent? FindFor(EventKey key, MemberId member) =>
        Waiting.FirstOrDefault(kept => kept.Key == key)
        ?? Promised.FirstOrDefault(
            promised => promised.Event.Key == key && promised.Member == member)?.Event;

    /// <summary>The state with one more fact.</summary>
    public IdentityState Apply(IdentityFact fact) => fact switch
    {
        IdentityFact.Claimed { Pledge: { } pledge } claimed => this with
        {
            Holder = claimed.Member,
            Pledge = pledge,
        },
        IdentityFact.Claimed claimed => Promise(claimed.Member),
        IdentityFact.Confirmed => Promise(Holder!.Value),
        IdentityFact.Released => this with { Holder = null, Pledge = null },
        IdentityFact.Moved moved => this with { Holder = moved.Member },
        IdentityFact.Kept kept when Owner is { } holder => this with
        {
            Promised = Promised.Add(new(kept.Event, holder)),
        },
        IdentityFact.Kept kept => this with { Waiting = Waiting.Add(kept.Event) },
        IdentityFact.EventClaimed one => this with
        {
            Waiting = Waiting.RemoveAll(kept => kept.Key == one.Key),
            Promised = [.. Promised, .. Waiting.Where(kept => kept.Key == one.Key)
                .Select(kept => new PromisedEvent(kept, one.Member))],
        },
        IdentityFact.Delivered done => this with
        {
            Promised = Promised.RemoveAll(promised => promised.Event.Key == done.Key),
        },
        _ => throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}."),
    };

    private IdentityState Promise(MemberId member) => this with
    {
        Holder = member,
        Pledge = null,
        Waiting = [],
        Promised = [.. Promised, .. Waiting.Select(kept => new PromisedEvent(kept, member))],
    };
}

/// <summary>An event that arrived before its identity had a member.</summary>
public sealed record KeptEvent(MallEvent Event, EventKey Key, UInt128 Content)
{
    /// <summary>The event on its way to a member: it waited, so its age does not matter.</summary>
    public MemberRequest ToRequest(string actor, bool dryRun) => new()
    {
        Command = new MemberCommand.RecordEvent(Event),
        Key = Key.Carried(),
        Content = Content,
        Actor = actor,
        AnyAge = true,
        DryRun = dryRun,
    };
}

/// <summary>A kept event and the member it was promised to.</summary>
public sealed record PromisedEvent(KeptEvent Event, MemberId Member);
