namespace MallVip.Grains.Intake;

/// <summary>How events come in.</summary>
public sealed record IntakeOptions
{
    /// <summary>Who sends: an API key's name, <c>import</c>, <c>replay</c>, <c>demo</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>Decide and answer, record nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// An import or replay: the events' own clock, any age, unknown identities are enrolled. Null: live.
    /// </summary>
    public RunClock? Run { get; init; }

    /// <summary>How many lines of a stream may be under way. Default 4,096.</summary>
    public int Window { get; init; } = 4096;
}

/// <summary>
/// The one clock of an import or replay: the latest event time of its lines so far; never moves back.
/// </summary>
public sealed class RunClock(string id)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = DateTimeOffset.MinValue;

    /// <summary>The run's id, as given by the caller.</summary>
    public string Id { get; } = id;

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>Moves the clock up to <paramref name="time"/> if that is later; answers the clock.</summary>
    public DateTimeOffset Advance(DateTimeOffset time)
    {
        lock (_gate)
            return _now = time > _now ? time : _now;
    }
}
