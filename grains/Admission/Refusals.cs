namespace MallVip.Grains.Admission;

/// <summary>
/// Too many calls are unanswered; nothing was begun. Over HTTP: 429 or 503 with Retry-After.
/// </summary>
[GenerateSerializer]
public sealed class GrainOverloadedException(string message, TimeSpan retryAfter) : Exception(message)
{
    /// <summary>How long the caller should wait before it tries again.</summary>
    [Id(0)]
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>
/// The process is stopping; nothing was begun unless the stop's own time ran out. Over HTTP: 503.
/// </summary>
[GenerateSerializer]
public sealed class GrainRuntimeStoppingException()
    : Exception("The grain runtime is stopping and takes no new calls.");
