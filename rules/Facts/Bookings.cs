using System.Collections.Immutable;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Facts;

/// <summary>The facts of an entry, each with its place, to be gone through once.</summary>
/// <param name="programme">What decided the entry.</param>
public struct Bookings(ImmutableArray<Fact> facts, Programme programme)
{
    private int _next;
    private string? _mall;
    private string? _store;

    /// <summary>The fact that was reached last.</summary>
    public readonly Booking Current => new(facts[_next - 1], _mall, _store);

    public readonly Bookings GetEnumerator() => new(facts, programme);

    /// <summary>Goes on to the next fact; false: there is none.</summary>
    public bool MoveNext()
    {
        if (_next == facts.Length)
            return false;
        (_mall, _store) = facts[_next++] switch
        {
            Fact.EventCounted or Fact.EventSettled or Fact.Fired => (null, null),
            Fact.Purchased bought => (bought.Mall, bought.Store),
            Fact.Returned returned => (returned.Mall, returned.Store),
            Fact.Visited visited when _mall is null => (visited.Mall, null),
            Fact.ParkingEntered parked => (MallOf(parked.Lot), null),
            Fact.ParkingLeft left => (MallOf(left.Lot), null),
            _ => (_mall, _store),
        };
        return true;
    }

    private readonly string? MallOf(string lot) =>
        programme.ParkingLots.TryGetValue(lot, out var found) ? found.Mall.Id : null;
}
