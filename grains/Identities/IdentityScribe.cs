using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Identities;

/// <summary>
/// Writes an identity's entries, and its due row while a claim is not settled or an event not delivered.
/// </summary>
public sealed class IdentityScribe
{
    /// <summary>When a promised delivery is tried again.</summary>
    public static readonly TimeSpan DeliverAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>How long a pledged claim stands unless it is confirmed.</summary>
    public static readonly TimeSpan PledgeLasts = TimeSpan.FromMinutes(1);

    private readonly MemberServices _services;
    private readonly Timeline<IdentityState> _timeline;

    private IdentityScribe(
        MemberServices services, GrainKey grain, TimelineStart<IdentityState> start, Action broken)
    {
        _services = services;
        _timeline = new(services.Writer, grain, start) { Broken = broken };
    }

    /// <summary>The state as decided; what it shows may not be durable yet.</summary>
    public IdentityState State => _timeline.State;

    /// <param name="services">What grains share.</param>
    /// <param name="grain">The identity's.</param>
    /// <param name="broken">See <see cref="Timeline{TState}.Broken"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IdentityScribe> OpenAsync(
        MemberServices services, GrainKey grain, Action broken, CancellationToken cancellation)
    {
        if (services.Journal.TryGetHead(grain, out var head) && head.Seq == 0)
            return new(services, grain, TimelineFold.Empty(IdentityState.Empty), broken);
        var start = await TimelineFold.ReadAsync(
            services.Journal, grain, IdentityState.Empty, Apply, cancellation);
        await services.Keys.LearnAsync(grain, cancellation);
        return new(services, grain, start, broken);
    }

    private static IdentityState Apply(IdentityState state, JournalEntry entry)
    {
        foreach (var fact in IdentityBody.Parse(entry.Body).Facts)
            state = state.Apply(fact);
        return state;
    }

    /// <summary>The state, once it cannot be lost any more.</summary>
    public async Task<IdentityState> ReadDurableAsync()
    {
        var (state, _) = await _timeline.ReadDurable();
        return state;
    }

    /// <summary>A pledge that has run out; null: there is none.</summary>
    public Pledge? LapsedPledge =>
        State.Pledge is { } pledge && pledge.Until <= _services.Time.GetUtcNow() ? pledge : null;

    /// <summary>What a claim changes; null: nothing, another member holds the identity or the same one
    /// does, or another claim is under way.</summary>
    public IdentityFact? FactOf(ClaimRequest request) => State switch
    {
        { Pledge.Ends: false } when State.Pledged == request.Member && request.Registration.IsNone =>
            new IdentityFact.Confirmed(),
        { Pledge: null } when MayTake(request) => new IdentityFact.Claimed(request.Member)
        {
            Pledge = request.Registration.IsNone
                ? null : new(request.Registration, _services.Time.GetUtcNow() + PledgeLasts),
            Test = Actors.IsTest(request.Actor),
        },
        _ => null,
    };

    private bool MayTake(ClaimRequest request) => State.Holders.IsEmpty
        || (request.Shares && !State.Holders.Contains(request.Member)
            && State.Holders.Length < IdentityState.MostHolders
            && State.IsTest == Actors.IsTest(request.Actor));

    /// <summary>What begins a release.</summary>
    public IdentityFact Ending(MemberId holder, EventKey release) => new IdentityFact.Claimed(holder)
    {
        Pledge = new(release, _services.Time.GetUtcNow() + PledgeLasts) { Ends = true },
    };

    /// <summary>Writes one fact; enqueued when this returns, durable when the task ends.</summary>
    public Task Append(
        IdentityFact fact, string actor, DateTimeOffset? clock, ImmutableArray<PersonRow> persons) =>
        Append([fact], actor, entry => entry with { At = Clock(clock), Persons = persons });

    /// <summary>Writes an event that waits, under its own keys.</summary>
    public Task Keep(KeepRequest request) => Append(
        [new IdentityFact.Kept(new(request.Event, request.Key, request.Content))], request.Actor,
        entry => entry with
        {
            Key = request.Key,
            Content = request.Content,
            ExtraKeys = EntryDraft.Extra(request.Receipt, []),
            Persons = request.Persons,
        });

    /// <summary>Nothing is promised any more: ends the due work.</summary>
    public Task Disarm() => Append([], "due", entry => entry with { NextDue = DueChange.Clear });

    /// <summary>Writes facts in one entry; enqueued when this returns, durable when the task ends.</summary>
    public Task Append(
        ImmutableArray<IdentityFact> facts, string actor, Func<EntryDraft, EntryDraft> complete)
    {
        var next = facts.Aggregate(State, (state, fact) => state.Apply(fact));
        var entry = complete(new()
        {
            Kind = "identity",
            At = Clock(null),
            Body = new IdentityBody(1, facts).ToJson(),
            Actor = actor,
            NextDue = DueAfter(next),
        });
        return _timeline.Append(entry, next, next);
    }

    private DueChange DueAfter(IdentityState next) => (WakeAt(State), WakeAt(next)) switch
    {
        (_, { } at) => DueChange.Exactly(at),
        ({ }, null) => DueChange.Clear,
        _ => DueChange.None,
    };

    /// <summary>When an identity has work; null: never.</summary>
    private DateTimeOffset? WakeAt(IdentityState state)
    {
        var deliver = _services.Time.GetUtcNow() + DeliverAgainAfter;
        return state.Promised.IsEmpty || state.Pledge?.Until < deliver ? state.Pledge?.Until : deliver;
    }

    private DateTimeOffset Clock(DateTimeOffset? clock) =>
        _timeline.NotBefore(clock ?? _services.Time.GetUtcNow());
}
