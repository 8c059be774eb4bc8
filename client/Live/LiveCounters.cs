namespace MallVip.Client.Live;

/// <summary>Sent every second.</summary>
/// <param name="Events">Accepted events since the silo started.</param>
/// <param name="EventsPerSecond">In the last second.</param>
/// <param name="Members">Members in all, as far as the silo was told at its start.</param>
/// <param name="Points">Points earned since the silo started, all wallets that were told.</param>
/// <param name="Upgrades">Tier changes since the silo started.</param>
/// <param name="Skipped">Events of the last second that were only counted.</param>
public sealed record LiveCounters(
    long Events, long EventsPerSecond, long Members, long Points, long Upgrades, long Skipped);
