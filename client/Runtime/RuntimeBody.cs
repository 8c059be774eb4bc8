using System.Collections.Immutable;

namespace MallVip.Client.Runtime;

/// <summary>The grain runtime a moment ago; refreshed every second.</summary>
/// <param name="Grains">By class.</param>
public sealed record RuntimeBody(ImmutableArray<GrainBody> Grains);

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
