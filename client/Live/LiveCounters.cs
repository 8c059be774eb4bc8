namespace MallVip.Client.Live;

/// <summary>Sent every second. What is counted is counted while somebody watches.</summary>
/// <param name="Entries">Journal entries in all; one of a member per event.</param>
/// <param name="EntriesPerSecond">In the last second.</param>
/// <param name="Events">Events seen.</param>
/// <param name="Members">Members who enrolled.</param>
/// <param name="Points">Points earned, all wallets.</param>
/// <param name="TierChanges">Tiers that changed, first tiers apart.</param>
/// <param name="Skipped">Entries of the last second that were counted but not shown.</param>
public sealed record LiveCounters(
    long Entries, long EntriesPerSecond, long Events, long Members, long Points, long TierChanges,
    long Skipped);
