namespace MallVip.Grains.Embedded;

/// <summary>How the embedded runtime runs. Read once, at start.</summary>
public sealed class EmbeddedGrainOptions
{
    /// <summary>
    /// Most activations in memory, all types together; at least 1, default 1,000,000. Above it the least
    /// recently used idle ones go (second chance). Busy ones are never taken, so it may be passed while all
    /// are busy.
    /// </summary>
    public int MaxResidents { get; set; } = 1_000_000;

    /// <summary>
    /// An activation unused for so long is collected, at most a quarter later. Default 2 hours.
    /// </summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// A call unanswered for so long fails with <see cref="GrainCallTimeoutException"/>, at most a quarter
    /// later; calls that wait for each other in a circle end this way. Default 30 s.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Most unanswered calls to one grain, waiting and running; more are refused. Default 10,000.
    /// </summary>
    public int MaxPendingPerGrain { get; set; } = 10_000;

    /// <summary>
    /// Most unanswered calls in all; more from outside are refused. Calls made by grains are not: refusing
    /// them could only lengthen the queues they would shorten. Default 100,000.
    /// </summary>
    public int MaxPending { get; set; } = 100_000;

    /// <summary>What a refused caller is told to wait. Default 1 s.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResidents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPendingPerGrain, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPending, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CollectionAge, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CallTimeout, TimeSpan.Zero);
    }
}

/// <summary>A call got no answer in time. Whether it ran, or will yet, is not known.</summary>
public sealed class GrainCallTimeoutException(string message) : TimeoutException(message);
