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
    public async Task<EventAnswer?> FindAsync(string source, string id)
    {
        var key = EventKey.ForEvent(source, id);
        var answer = await WrittenAsync(key);
        if (answer is null)
        {
            var trace = await inbox.FindInboxAsync(key);
            // It may have been delivered between the two questions.
            answer = Of(trace) is { Status: EventStatus.Queued } waits ? waits
                : await WrittenAsync(key) ?? Of(trace);
        }

        return answer is null ? null : answer with { Source = source, Id = id };
    }

    private async Task<EventAnswer?> WrittenAsync(EventKey key)
    {
        var claim = await services.Keys.FindAsync(key);
        if (claim.Kind == KeyClaimKind.InFlight && await claim.Fate! is var pos and > 0)
            claim = new(KeyClaimKind.Written, pos, null);
        if (claim.Kind != KeyClaimKind.Written)
            return null;
        var first = await services.FirstAsync(key, claim.Pos);
        return new()
        {
            Status = first.Member is null ? EventStatus.Unclaimed : EventStatus.Accepted,
            Member = first.Member,
            Outcome = first.Outcome,
        };
    }

    private static EventAnswer? Of(InboxTrace trace) => trace switch
    {
        { Waits: true } => new() { Status = EventStatus.Queued },
        { Refusal: { } refusal } => new()
        {
            Status = EventStatus.Rejected,
            Refusal = RefusalJson.Read(refusal.Body.Span),
        },
        _ => null,
    };
}
