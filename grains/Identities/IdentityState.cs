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
    /// <summary>How many members may hold a plate or a device; of other kinds one.</summary>
    public const int MostHolders = 8;

    public static IdentityState Empty { get; } = new();

    /// <summary>Who holds it, in their order; empty: nobody.</summary>
    public ImmutableArray<MemberId> Holders { get; init; } = [];

    /// <summary>The first in order; null: nobody has claimed it.</summary>
    public MemberId? Holder => Holders.IsEmpty ? null : Holders[0];

    /// <summary>One holder's claim may still be undone; null: all are for good.</summary>
    public Pledge? Pledge { get; init; }

    /// <summary>Whose claim <see cref="Pledge"/> is; null with it.</summary>
    public MemberId? Pledged { get; init; }

    /// <summary>Whose the identity's events are: the first in order, if its claim is for good.</summary>
    public MemberId? Owner => Pledged == Holder ? null : Holder;

    /// <summary>Whether a test key claimed it first: members of test keys share with their like only.
    /// </summary>
    public bool IsTest { get; init; }

    /// <summary>Events that wait for a claim, oldest first.</summary>
    public ImmutableArray<KeptEvent> Waiting { get; init; } = [];

    /// <summary>
    /// Events that are on their way to a member; delivered again until the member has them.
    /// </summary>
    public ImmutableArray<PromisedEvent> Promised { get; init; } = [];

    /// <summary>How many events are kept here, for whomever.</summary>
    public int Kept => Waiting.Length + Promised.Length;

    /// <summary>The kept event that anybody could claim; null: none.</summary>
    public KeptEvent? FindWaiting(EventKey key) => Waiting.FirstOrDefault(kept => kept.Key == key);

    /// <summary>The kept event that a member was promised; null: none.</summary>
    public KeptEvent? FindPromised(EventKey key, MemberId member) => Promised.FirstOrDefault(
        promised => promised.Event.Key == key && promised.Member == member)?.Event;

    /// <summary>The state with one more fact.</summary>
    public IdentityState Apply(IdentityFact fact) => fact switch
    {
        IdentityFact.Claimed claimed => (this with
        {
            Holders = Holders.Contains(claimed.Member) ? Holders : Holders.Add(claimed.Member),
            Pledge = claimed.Pledge,
            Pledged = claimed.Pledge is null ? null : claimed.Member,
            IsTest = Holders.IsEmpty ? claimed.Test : IsTest,
        }).Promise(),
        IdentityFact.Confirmed => (this with { Pledge = null, Pledged = null }).Promise(),
        IdentityFact.Released => (this with
        {
            Holders = Pledged is { } pledged ? Holders.Remove(pledged) : [],
            Pledge = null,
            Pledged = null,
        }).Promise(),
        IdentityFact.Moved moved => Move(moved.From ?? Holder!.Value, moved.Member),
        IdentityFact.Ordered ordered => this with { Holders = ordered.Members },
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

    private IdentityState Move(MemberId from, MemberId into) => this with
    {
        Holders = [.. Holders.Select(holder => holder == from ? into : holder).Distinct()],
        Pledged = Pledged == from ? into : Pledged,
    };

    /// <summary>What waits is whose the identity is by now; nobody's: it waits on.</summary>
    private IdentityState Promise() => Owner is not { } owner || Waiting.IsEmpty ? this : this with
    {
        Waiting = [],
        Promised = [.. Promised, .. Waiting.Select(kept => new PromisedEvent(kept, owner))],
    };
}

/// <summary>An event that arrived before its identity had a member.</summary>
public sealed record KeptEvent(MallEvent Event, EventKey Key, UInt128 Content)
{
    /// <summary>The event on its way to a member: it waited, so its age does not matter.</summary>
    /// <param name="isClaim">The member has claimed it by its receipt.</param>
    public MemberRequest ToRequest(string actor, bool dryRun, bool isClaim = false) => new()
    {
        Command = new MemberCommand.RecordEvent(Event) { IsClaim = isClaim },
        Key = Key.Carried(),
        Content = Content,
        Actor = actor,
        AnyAge = true,
        DryRun = dryRun,
    };
}

/// <summary>A kept event and the member it was promised to.</summary>
public sealed record PromisedEvent(KeptEvent Event, MemberId Member);
