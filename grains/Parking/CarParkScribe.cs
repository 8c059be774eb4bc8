using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Parking;

/// <summary>Writes a car park's entries, with its due row while payments are under way.</summary>
internal sealed class CarParkScribe(
    MemberServices services, Timeline<CarParkState> timeline, CarParkArchive archive)
{
    /// <summary>The kind of its entries.</summary>
    public const string EntryKind = "car-park";

    /// <summary>The state as decided; what it shows may not be durable yet.</summary>
    public CarParkState State => timeline.State;

    public DateTimeOffset Now => timeline.NotBefore(services.Time.GetUtcNow());

    public async Task<CarParkState> ReadDurableAsync() => (await timeline.ReadDurable()).State;

    /// <summary>Enqueued when this returns.</summary>
    /// <exception cref="JournalOverloadedException">The journal is behind; nothing changed.</exception>
    public Task AppendAsync(
        string lot, ImmutableArray<CarParkFact> facts, string actor,
        Func<EntryDraft, EntryDraft>? more = null)
    {
        var next = facts.Aggregate(State, static (before, fact) => before.Apply(fact));
        var entry = new EntryDraft
        {
            Kind = EntryKind,
            At = Now,
            Body = new CarParkBody(1, lot, facts).ToJson(),
            Actor = actor,
            NextDue = DueAfter(facts, next),
        };
        return OfferAsync(timeline.Append(more is null ? entry : more(entry), next, 0));
    }

    private async Task OfferAsync(Task appended)
    {
        await appended;
        archive.Offer(timeline);
    }

    private static DueChange DueAfter(ImmutableArray<CarParkFact> facts, CarParkState next)
    {
        if (!facts.Any(fact => fact is CarParkFact.PaymentStarted or CarParkFact.Paid
            or CarParkFact.PaymentRefused or CarParkFact.Moved or CarParkFact.MoveEnded))
            return DueChange.None;
        var earliest = next.Visits.Values.Select(visit => visit.Pending?.DriveAt)
            .Concat(next.Moves.Select(move => move.DriveAt)).Min();
        return earliest is { } at ? DueChange.Exactly(at) : DueChange.Clear;
    }
}
