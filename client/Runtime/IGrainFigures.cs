namespace MallVip.Client.Runtime;

/// <summary>The counters of the grain runtime that was built in. None registered: none shown.</summary>
public interface IGrainFigures
{
    /// <summary>One for each grain class, from the start of the process. Cheap.</summary>
    IReadOnlyList<GrainCount> Read();
}

/// <summary>What is known of one grain class.</summary>
/// <param name="Residents">Activations in memory now.</param>
/// <param name="Calls">Calls made since the start.</param>
/// <param name="Failures">Of these, calls that ended with an exception.</param>
/// <param name="Queue">Calls unanswered now, waiting or running.</param>
/// <param name="P50">Median time from call to answer, over the last minutes.</param>
/// <param name="P99">The same, 99th percentile.</param>
public readonly record struct GrainCount(
    string Grain, long Residents, long Calls, long Failures, long Queue, TimeSpan P50, TimeSpan P99);
