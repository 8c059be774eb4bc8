using System.Collections.Immutable;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Facts;

/// <summary>A fact and where it belongs: to the store and mall of the event that caused it.</summary>
/// <param name="Mall">Null: no mall is known, as of what time or the desk does.</param>
/// <param name="Store">Null: no store.</param>
public readonly record struct Booking(Fact Fact, string? Mall, string? Store)
{
    /// <summary>An entry's facts, each with its place.</summary>
    /// <param name="programme">What decided the entry.</param>
    public static IEnumerable<Booking> Of(ImmutableArray<Fact> facts, Programme programme)
    {
        var (mall, store) = ((string?)null, (string?)null);
        foreach (var fact in facts)
        {
            (mall, store) = fact switch
            {
                Fact.EventCounted or Fact.EventSettled or Fact.Fired => (null, null),
                Fact.Purchased bought => (bought.Mall, bought.Store),
                Fact.Returned returned => (returned.Mall, returned.Store),
                Fact.Visited visited when mall is null => (visited.Mall, null),
                Fact.ParkingEntered parked => (MallOf(programme, parked.Lot), null),
                Fact.ParkingLeft left => (MallOf(programme, left.Lot), null),
                _ => (mall, store),
            };
            yield return new(fact, mall, store);
        }
    }

    private static string? MallOf(Programme programme, string lot) =>
        programme.ParkingLots.TryGetValue(lot, out var found) ? found.Mall.Id : null;
}
