using MallVip.Rules.Facts;

namespace MallVip.Grains.Reports;

/// <summary>A fact and where it belongs: to the store and mall of the event that caused it.</summary>
/// <param name="Mall">Null: no mall is known, as of what time or the desk does.</param>
/// <param name="Store">Null: no store.</param>
internal readonly record struct Booking(Fact Fact, string? Mall, string? Store)
{
    /// <summary>Here, by a rule; null: by none.</summary>
    public PointsOrigin From(RuleRef? rule) => new(Mall, Store, rule?.Rule);

    /// <summary>The entry's facts, each with its place.</summary>
    public static IEnumerable<Booking> Of(MemberEntry entry)
    {
        var (mall, store) = ((string?)null, (string?)null);
        foreach (var fact in entry.Facts)
        {
            (mall, store) = fact switch
            {
                Fact.EventCounted or Fact.EventSettled or Fact.Fired => (null, null),
                Fact.Purchased bought => (bought.Mall, bought.Store),
                Fact.Returned returned => (returned.Mall, returned.Store),
                Fact.Visited visited when mall is null => (visited.Mall, null),
                Fact.ParkingEntered parked => (MallOf(entry, parked.Lot), null),
                Fact.ParkingLeft left => (MallOf(entry, left.Lot), null),
                _ => (mall, store),
            };
            yield return new(fact, mall, store);
        }
    }

    private static string? MallOf(MemberEntry entry, string lot) =>
        entry.Programme.ParkingLots.TryGetValue(lot, out var found) ? found.Mall.Id : null;
}
