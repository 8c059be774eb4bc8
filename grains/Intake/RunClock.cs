using MallVip.Grains.Journal;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>
/// The one clock of an import or replay: the latest event time of its lines so far; never moves back.
/// Thread-safe.
/// </summary>
public sealed class RunClock(string id)
{
    private readonly Lock _gate = new();
    private readonly HashSet<UInt128> _touched = [];
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

    /// <summary>How many members the run has written to.</summary>
    public int Touched
    {
        get
        {
            lock (_gate)
                return _touched.Count;
        }
    }

    /// <summary>A clock that shows the same and goes its own way: for what is only tried.</summary>
    public RunClock Copy()
    {
        var copy = new RunClock(Id);
        copy.Advance(Now);
        return copy;
    }

    /// <summary>Moves the clock up to <paramref name="time"/> if that is later; answers the clock.</summary>
    public DateTimeOffset Advance(DateTimeOffset time)
    {
        lock (_gate)
            return _now = time > _now ? time : _now;
    }

    /// <summary>Notes, before it does, that the run writes to a member.</summary>
    public void Touch(MemberId member)
    {
        lock (_gate)
            _touched.Add(member.Value);
    }

    /// <summary>Whether the run has written to a grain.</summary>
    public bool HasTouched(GrainKey grain)
    {
        lock (_gate)
            return grain.Kind == GrainKind.Member && _touched.Contains(grain.Id);
    }
}
