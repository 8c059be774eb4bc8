using System.Collections.Immutable;

namespace MallVip.Grains.Parking;

/// <summary>Who is in a car park, who left it unpaid, and for a while who left.</summary>
public sealed record CarParkState
{
    /// <summary>How long a visit that ended and owes nothing is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(2);

    /// <summary>How many exits without a visit are remembered.</summary>
    public const int MostListed = 100;

    public static CarParkState Empty { get; } = new();

    /// <summary>The number of the next visit.</summary>
    public long Next { get; init; } = 1;

    public ImmutableSortedDictionary<long, ParkingVisit> Visits { get; init; } =
        ImmutableSortedDictionary<long, ParkingVisit>.Empty;

    /// <summary>The open visits by plate.</summary>
    public ImmutableDictionary<string, long> Open { get; init; } =
        ImmutableDictionary<string, long>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Visits that ended, in that order, to be forgotten.</summary>
    public ImmutableQueue<long> Ended { get; init; } = [];

    public ImmutableArray<CarParkFact.Listed> Listed { get; init; } = [];

    /// <summary>Corrections of which the members are still to hear, in their order.</summary>
    public ImmutableArray<CarParkFact.Moved> Moves { get; init; } = [];

    /// <summary>The open visit of a plate; null: it is not inside.</summary>
    public ParkingVisit? Inside(string plate) =>
        Open.TryGetValue(plate, out var number) ? Visits[number] : null;

    /// <summary>The state with one more fact.</summary>
    public CarParkState Apply(CarParkFact fact) => fact switch
    {
        CarParkFact.Entered entered => Enter(entered).Forget(entered.At - Remembered),
        CarParkFact.Left left => Leave(left).Forget(left.At - Remembered),
        CarParkFact.Listed listed => this with
        {
            Listed = Listed.Length < MostListed ? Listed.Add(listed) : Listed.RemoveAt(0).Add(listed),
        },
        CarParkFact.PaymentStarted started =>
            Put(started.Visit, visit => visit with { Pending = started }),
        CarParkFact.Paid paid => Put(paid.Visit, visit => visit with
        {
            Payments = visit.Payments.Add(visit.Pending!.Payment),
            Pending = null,
            Due = paid.Due,
        }),
        CarParkFact.PaymentRefused refused => Put(refused.Visit, visit => visit with
        {
            Refused = visit.Refused.Add(refused),
            Pending = null,
        }),
        CarParkFact.Granted granted =>
            Put(granted.Visit, visit => visit with { Granted = visit.Granted + granted.Minutes }),
        CarParkFact.Moved moved => Move(moved),
        CarParkFact.MoveEnded ended => this with { Moves = Moves.RemoveAll(one => one.Move == ended.Move) },
        _ => throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}."),
    };

    public CarParkSnapshot ToSnapshot() => new(Next, [.. Visits.Values], Listed) { Moves = Moves };

    public static CarParkState Of(CarParkSnapshot kept) => new()
    {
        Next = kept.Next,
        Visits = kept.Visits.ToImmutableSortedDictionary(visit => visit.Number, visit => visit),
        Open = kept.Visits.Where(visit => visit.EndedAt is null).ToImmutableDictionary(
            visit => visit.Plate, visit => visit.Number, StringComparer.Ordinal),
        Ended = [.. kept.Visits.Where(visit => visit.EndedAt is not null)
            .OrderBy(visit => visit.EndedAt).Select(visit => visit.Number)],
        Listed = kept.Listed,
        Moves = kept.Moves,
    };

    private CarParkState Enter(CarParkFact.Entered entered) => this with
    {
        Next = entered.Visit + 1,
        Visits = Visits.Add(entered.Visit, new()
        {
            Number = entered.Visit,
            Plate = entered.Plate,
            Session = entered.Session,
            Vehicle = entered.Vehicle,
            EnteredAt = entered.At,
        }),
        // A late entry behind a newer one is closed by the next fact.
        Open = Open.ContainsKey(entered.Plate) ? Open : Open.Add(entered.Plate, entered.Visit),
    };

    private CarParkState Leave(CarParkFact.Left left)
    {
        var next = Put(left.Visit, visit => visit with
        {
            EndedAt = left.At,
            How = left.How,
            Fee = left.Fee,
            Due = left.Due,
        });
        var plate = Visits[left.Visit].Plate;
        return next with
        {
            Open = Open.TryGetValue(plate, out var open) && open == left.Visit ? Open.Remove(plate) : Open,
            Ended = Ended.Enqueue(left.Visit),
        };
    }

    private CarParkState Move(CarParkFact.Moved moved)
    {
        var next = Put(moved.Visit, visit => visit with { Plate = moved.To, IsMoved = true }) with
        {
            Moves = moved.Move is null ? Moves : Moves.Add(moved),
        };
        return Open.TryGetValue(moved.From, out var open) && open == moved.Visit
            ? next with { Open = Open.Remove(moved.From).Add(moved.To, moved.Visit) } : next;
    }

    private CarParkState Put(long number, Func<ParkingVisit, ParkingVisit> change)
    {
        var visit = Visits[number];
        return this with
        {
            Visits = Visits.SetItem(number, change(visit) with { Version = visit.Version + 1 }),
        };
    }

    /// <summary>Who owes something, or is paying, is remembered as long as that is so.</summary>
    private CarParkState Forget(DateTimeOffset before)
    {
        var (visits, ended) = (Visits, Ended);
        while (!ended.IsEmpty && visits[ended.Peek()] is var oldest && oldest.EndedAt < before)
        {
            ended = ended.Dequeue();
            if (oldest is { Due: 0, Pending: null })
                visits = visits.Remove(oldest.Number);
            else
                return this with { Visits = visits, Ended = ended.Enqueue(oldest.Number) };
        }

        return this with { Visits = visits, Ended = ended };
    }
}
