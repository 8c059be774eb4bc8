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
    public static Bookings Of(ImmutableArray<Fact> facts, Programme programme) => new(facts, programme);
}
