namespace MallVip.Rules.Parking;

/// <summary>
/// Minutes that an entitlement frees: the earliest between two instants that are still to be paid.
/// </summary>
/// <param name="Source">What frees them.</param>
/// <param name="Minutes">How many at most.</param>
/// <param name="From">Not before; null: from the entry.</param>
/// <param name="To">Before; null: to the end.</param>
public sealed record FreedTime(string Source, int Minutes, DateTimeOffset? From, DateTimeOffset? To);
