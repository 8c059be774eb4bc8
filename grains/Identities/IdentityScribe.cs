using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Identities;

/// <summary>
/// Writes an identity's entries, and its due row while something is promised and not delivered.
/// </summary>
public sealed class IdentityScribe
{
    /// <summary>When a promised delivery is tried again.</summary>
    public static readonly TimeSpan DeliverAgainAfter = TimeSpan.FromSeconds(30);

    private readonly MemberServices _services;
    private readonly Timeline<IdentityState> _timeline;

    private IdentityScribe(MemberServices services, Timeline<IdentityState> timeline) =>
        (_services, _timeline) = (services, timeline);

    /// <summary>The state as decided; what it shows may not be durable yet.</summary>
    public IdentityState State => _timeline.State;

    public static async Task<IdentityScribe> OpenAsync(
        MemberServices services, GrainKey grain, CancellationToken cancellation)
    {
        var start =
            new TimelineStart<IdentityState>(IdentityState.Empty, 0, Hash256.Zero, DateTimeOffset.MinValue);
        if (services.Journal.TryGetHead(grain, out var head) && head.Seq == 0)
            return new(services, new(services.Writer, grain, start));
        foreach (var entry in await services.Journal.ReadAsync(grain, 0, cancellation))
        {
            var state = start.State;
            foreach (var fact in IdentityBody.Parse(entry.Body).Facts)
                state = state.Apply(fact);
            start = new(state, entry.Seq, entry.Hash, entry.At);
        }

        return new(services, new(services.Writer, grain, start));
    }

    /// <summary>The state, once it cannot be lost any more.</summary>
    public async Task<IdentityState> ReadDurableAsync()
    {
        var (state, _) = await _timeline.ReadDurable();
        return state;
    }

    /// <summary>Writes one fact; enqueued when this returns, durable when the task ends.</summary>
    public Task Append(
        IdentityFact fact, string actor, DateTimeOffset? clock, ImmutableArray<PersonRow> persons) =>
        Append(new PendingEntry
        {
            Kind = "identity",
            At = Clock(clock),
            Body = new IdentityBody(1, [fact]).ToJson(),
            Actor = actor,
            Persons = persons,
            NextDue = DueAfter(State.Apply(fact)),
        }, State.Apply(fact));

    /// <summary>Writes an event that waits, under its own keys.</summary>
    public Task Keep(KeepRequest request)
    {
        var fact = new IdentityFact.Kept(new(request.Event, request.Key, request.Content));
        return Append(new PendingEntry
        {
            Kind = "identity",
            At = Clock(null),
            Body = new IdentityBody(1, [fact]).ToJson(),
            Key = request.Key,
            Content = request.Content,
            Receipt = request.Receipt,
            Actor = request.Actor,
            Persons = request.Persons,
            NextDue = DueAfter(State.Apply(fact)),
        }, State.Apply(fact));
    }

    /// <summary>Nothing is promised any more: ends the due work.</summary>
    public Task Disarm() => Append(new PendingEntry
    {
        Kind = "identity",
        At = Clock(null),
        Body = new IdentityBody(1, []).ToJson(),
        Actor = "due",
        NextDue = DueChange.Clear,
    }, State);

    private Task Append(PendingEntry entry, IdentityState next) => _timeline.Append(entry, next, next);

    private DueChange DueAfter(IdentityState next) =>
        (State.Promised.IsEmpty, next.Promised.IsEmpty) switch
        {
            (_, false) => DueChange.Exactly(_services.Time.GetUtcNow() + DeliverAgainAfter),
            (false, true) => DueChange.Clear,
            _ => DueChange.None,
        };

    private DateTimeOffset Clock(DateTimeOffset? clock)
    {
        var now = clock ?? _services.Time.GetUtcNow();
        return now > _timeline.LastAt ? now : _timeline.LastAt;
    }
}
