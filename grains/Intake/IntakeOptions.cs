namespace MallVip.Grains.Intake;

/// <summary>How events come in.</summary>
public sealed record IntakeOptions
{
    /// <summary>Who sends: an API key's name, <c>import</c>, <c>replay</c>, <c>demo</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>Decide and answer, record nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// With <see cref="DryRun"/>: only asks whose the event is. Nobody is supposed to be enrolled by it, and
    /// identities that it names besides its subject are not looked at.
    /// </summary>
    public bool Probe { get; init; }

    /// <summary>
    /// An import or replay: the events' own clock, any age, unknown identities are enrolled. Null: live.
    /// </summary>
    public RunClock? Run { get; init; }

    /// <summary>
    /// Answer as soon as the event is durable in the inbox; it is delivered afterwards. Means nothing to what
    /// is only tried and in a run, whose clock is that of its lines.
    /// </summary>
    public bool Later { get; init; }

    /// <summary>It waited in the inbox, and may go to its member by an <see cref="IEventCarrier"/>.</summary>
    public bool Waited { get; init; }

    /// <summary>Whether events go into the inbox.</summary>
    public bool Queues => Later && !DryRun && Run is null;

    /// <summary>How many lines of a stream may be under way. Default 4,096.</summary>
    public int Window { get; init; } = 4096;
}
