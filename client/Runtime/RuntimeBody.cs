using System.Collections.Immutable;

namespace MallVip.Client.Runtime;

/// <summary>The grain runtime a moment ago; refreshed every second.</summary>
/// <param name="Grains">By class.</param>
/// <param name="Due">What time brings; null: grains live in other processes.</param>
public sealed record RuntimeBody(ImmutableArray<GrainBody> Grains, DueBody? Due = null);

/// <summary>What time brings: points that become active or lapse, birthdays, ends of tiers and tags.
/// </summary>
/// <param name="PerSecond">Grains that had it done in the last second.</param>
/// <param name="LagMs">The longest that one of them had to wait for it; 0: nothing was due.</param>
/// <param name="Fired">Since the start of the process.</param>
public sealed record DueBody(double PerSecond, double LagMs, long Fired);

/// <summary>One grain class.</summary>
/// <param name="Residents">Activations in memory.</param>
/// <param name="CallsPerSecond">In the last second.</param>
/// <param name="P50Ms">Median time from call to answer, over the last one to two minutes.</param>
/// <param name="P99Ms">The same, 99th percentile.</param>
/// <param name="Queue">Calls unanswered, waiting or running.</param>
/// <param name="Calls">Since the start of the process.</param>
/// <param name="Failures">Calls that ended with an exception, since the start.</param>
public sealed record GrainBody(
    string Grain, long Residents, double CallsPerSecond, double P50Ms, double P99Ms, long Queue, long Calls,
    long Failures);
