using MallVip.Grains.Entries;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Inbox;

/// <summary>Says what became of an event, by its source and id.</summary>
public sealed class OutcomeReader(MemberServices services, IInboxStore inbox)
{
    /// <summary>
    /// The first outcome as it was or would have been answered; <see cref="EventStatus.Queued"/> while it
    /// waits; the refusal while the inbox remembers it. Null: nothing is known of such an event.
    /// </summary>
    /// <exception cref="IndexRebuildingException">It cannot be told at present.</exception>
    public async Task<EventOutcome?> FindAsync(string source, string id)
    {
        var key = EventKey.ForEvent(source, id);
        var answer = await WrittenAsync(key);
        if (answer is null)
        {
            var trace = await inbox.FindInboxAsync(key);
            // It may have been delivered between the two questions.
            answer = trace.Waits ? Of(trace) : await WrittenAsync(key) ?? Of(trace);
        }

        return answer is null ? null
            : answer with { Answer = answer.Answer with { Source = source, Id = id } };
    }

    private async Task<EventOutcome?> WrittenAsync(EventKey key)
    {
        var claim = await services.Keys.FindAsync(key);
        if (claim.Kind == KeyClaimKind.InFlight && await claim.Fate! is var pos and > 0)
            claim = new(KeyClaimKind.Written, pos, null);
        if (claim.Kind != KeyClaimKind.Written)
            return null;
        var first = await services.FirstAsync(key, claim.Pos);
        var answer = new EventAnswer
        {
            Status = first.Member is null ? EventStatus.Unclaimed : EventStatus.Accepted,
            Member = first.Member,
            Outcome = first.Outcome,
        };
        return new(answer, first.Actor);
    }

    private static EventOutcome? Of(InboxTrace trace)
    {
        if (trace.Waits)
            return new(new() { Status = EventStatus.Queued }, null);
        if (trace.Refusal is not { } noted)
            return null;
        var refusal = RefusalJson.Read(noted.Body.Span);
        return new(new() { Status = EventStatus.Rejected, Refusal = refusal }, null);
    }
}

/// <summary>What became of an event.</summary>
/// <param name="Answer">As its sender was or would have been answered, but never as a duplicate.</param>
/// <param name="Actor">Who sent it; null unless an entry tells of it.</param>
public sealed record EventOutcome(EventAnswer Answer, string? Actor);
