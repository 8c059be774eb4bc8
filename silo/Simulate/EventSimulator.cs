using System.Globalization;

namespace MallVip.Silo.Simulate;

/// <summary>
/// Makes the events of a mall from a seed: no clock, no I/O. The same options give the same events on the
/// same runtime (<see cref="Random"/> with a seed keeps its sequence; the last digit of a logarithm is the
/// platform's).
/// </summary>
public sealed class EventSimulator
{
    private readonly SimulationOptions _options;
    private readonly Random _random;
    private readonly People _people;
    private readonly Zipf _members;
    private readonly Zipf _stores;
    private readonly Shelf[] _shelves;
    private readonly PriorityQueue<FollowUp, (long Ticks, long Order)> _later = new();
    private long _number;

    /// <exception cref="ArgumentException">There are <see cref="SimulationOptions.Problems"/>.</exception>
    private EventSimulator(SimulationOptions options)
    {
        var problems = options.Problems();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        _options = options;
        _random = new Random(options.Seed);
        _people = new People(options.Members);
        _members = new Zipf(options.Members, options.Skew);
        _stores = new Zipf(options.Stores.Count, 0.7);
        _shelves = options.Stores.Select(store => new Shelf(store, _random)).ToArray();
    }

    /// <summary>The events in the order in which they arrive; made while they are read.</summary>
    /// <exception cref="ArgumentException">There are <see cref="SimulationOptions.Problems"/>.</exception>
    public static IEnumerable<SimulatedEvent> Run(SimulationOptions options)
    {
        var events = new EventSimulator(options).Happen();
        return Disorder.IsWanted(options) ? new Disorder(options).Arrive(events) : events;
    }

    private IEnumerable<SimulatedEvent> Happen()
    {
        for (var day = 0; day < _options.Days; day++)
        {
            var midnight = _options.Start.AddDays(day);
            foreach (var moment in DayRhythm.Moments(
                DayRhythm.Visits(midnight, _options.EventsPerDay, _random), _random))
            {
                var now = midnight.AddMilliseconds(moment);
                while (_later.TryPeek(out var due, out _) && due.Time <= now)
                    yield return Happen(_later.Dequeue());
                var member = _members.Next(_random);
                if (_people.Meet(member))
                    yield return Event("member.registered", People.Phone(member), now,
                        _people.Registration(member, _random));
                yield return Visit(member, now);
            }
        }
    }

    private SimulatedEvent Visit(int member, DateTimeOffset now)
    {
        var what = _random.Next(100);
        if (what < 14 && People.Drives(member))
            return Park(member, now);
        if (what < 66)
            return Buy(member, now);
        return what < 86
            ? Event("visit.door", People.Phone(member), now, new SimulatedData.Visit(
                Pick(_options.Malls), Gates[_random.Next(Gates.Length)]))
            : Event("app.checkin", People.Phone(member), now,
                new SimulatedData.Checkin("daily", Pick(_options.Malls)));
    }

    private static readonly string[] Gates = ["north", "east", "south", "west", "metro"];

    private static readonly string[] Tenders = ["wechat", "alipay", "card", "cash"];

    private SimulatedEvent Buy(int member, DateTimeOffset now)
    {
        var shelf = _shelves[_stores.Next(_random)];
        var lines = shelf.Take(_random);
        var paid = 0L;
        foreach (var line in lines)
            paid += line.PaidCents;
        var subject = People.Phone(member);
        var purchase = new SimulatedData.Purchase(Number("R"), shelf.Store, paid, lines,
            Tenders[_random.Next(Tenders.Length)]);
        if (_random.NextDouble() < _options.RefundShare)
        {
            var line = lines.Length > 1 && _random.Next(2) == 0 ? _random.Next(1, lines.Length + 1) : 0;
            var when = now.AddMinutes(_random.Next(30, 14 * 24 * 60));
            Later(new FollowUp.Return(subject, when, purchase, line));
        }
        return Event("mall.purchase", subject, now, purchase);
    }

    private SimulatedEvent Park(int member, DateTimeOffset now)
    {
        var plate = People.Plate(member);
        var stay = new SimulatedData.Parking(Pick(_options.Lots), plate, Number("P"));
        var subject = "plate:" + plate;
        // Half an hour to six; one car in two hundred is never seen to leave.
        if (_random.Next(200) != 0)
            Later(new FollowUp.Leave(subject, now.AddSeconds(_random.Next(1_800, 21_600)), stay));
        return Event("parking.entry", subject, now, stay);
    }

    private SimulatedEvent Happen(FollowUp due) => due switch
    {
        FollowUp.Leave leave => Event("parking.exit", leave.Subject, leave.Time, leave.Stay),
        FollowUp.Return back => Event("mall.refund", back.Subject, back.Time,
            new SimulatedData.Refund(Number("B"), back.Of, back.Line)),
        _ => throw new InvalidOperationException($"An unknown follow-up: {due}."),
    };

    private void Later(FollowUp due) => _later.Enqueue(due, (due.Time.UtcTicks, _number));

    private SimulatedEvent Event(string type, string subject, DateTimeOffset time, SimulatedData data) =>
        new(Number("E"), type, subject, time, data);

    // One counter for all, so that a number tells the order of making.
    private string Number(string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{++_number:D10}");

    private string Pick(IReadOnlyList<string> among) => among[_random.Next(among.Count)];
}
