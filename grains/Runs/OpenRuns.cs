using MallVip.Grains.Intake;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Runs;

/// <summary>
/// Imports and replays under way. While a run is open, timers of the grains it touched are held: their clock
/// is the run's, not the wall's. Thread-safe.
/// </summary>
public sealed class OpenRuns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<GrainKey> _touched = [];

    /// <summary>Joins the run of that id, or begins it. Dispose the lease when the request is over.</summary>
    public Lease Join(string id)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(id, out var run))
                _runs.Add(id, run = new Run(new RunClock(id)));
            run.Users++;
            return new Lease(this, run);
        }
    }

    /// <summary>Notes that a run has written to a grain.</summary>
    public void Touch(GrainKey grain)
    {
        lock (_gate)
            _touched.Add(grain);
    }

    /// <summary>Whether a grain's timers wait for the end of a run.</summary>
    public bool Holds(GrainKey grain)
    {
        lock (_gate)
            return _touched.Contains(grain);
    }

    private void Leave(Run run)
    {
        lock (_gate)
        {
            run.Users--;
            foreach (var other in _runs.Values)
                if (other.Users > 0)
                    return;
            _touched.Clear();
        }
    }

    internal sealed class Run(RunClock clock)
    {
        public RunClock Clock { get; } = clock;

        public int Users { get; set; }
    }

    /// <summary>A request's part in a run.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly OpenRuns _owner;
        private readonly Run _run;

        internal Lease(OpenRuns owner, Run run) => (_owner, _run) = (owner, run);

        public RunClock Clock => _run.Clock;

        public void Dispose() => _owner.Leave(_run);
    }
}
