using MallVip.Grains.Intake;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Runs;

/// <summary>
/// Imports and replays under way. A run is open from its first request until it is ended, or has had no
/// request for <see cref="IdleTimeout"/>; a restart ends all. While it is open, timers of the members it has
/// touched are held: their clock is the run's, not the wall's. Thread-safe.
/// </summary>
public sealed class OpenRuns(TimeProvider time)
{
    /// <summary>How long a run stays open without a request.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private volatile int _count;
    private Action _ended = static () => { };

    /// <summary>Whether any run is open.</summary>
    public bool Any => _count > 0;

    /// <summary>From now on called when members may have come free, outside of any lock.</summary>
    public void WhenEnded(Action call) => _ended += call;

    /// <summary>Joins the run of that id, or begins it. Dispose the lease when the request is over.</summary>
    public Lease Join(string id)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(id, out var run))
                _runs.Add(id, run = new Run(new RunClock(id)));
            run.Users++;
            run.Ending = false;
            _count = _runs.Count;
            return new Lease(this, run);
        }
    }

    /// <summary>Ends a run, after the requests that it still has.</summary>
    /// <returns>The run's clock; null: no such run is open.</returns>
    public RunClock? End(string id)
    {
        Run? run;
        bool over;
        lock (_gate)
        {
            if (!_runs.TryGetValue(id, out run))
                return null;
            run.Ending = true;
            over = CloseIfOver(run);
        }

        if (over)
            _ended();
        return run.Clock;
    }

    /// <summary>Ends the runs that have had no request for too long; answers their ids.</summary>
    public IReadOnlyList<string> EndIdle()
    {
        List<string> idle = [];
        lock (_gate)
        {
            var since = time.GetUtcNow() - IdleTimeout;
            foreach (var (id, run) in _runs)
            {
                if (run.Users == 0 && run.LastUsed <= since)
                    idle.Add(id);
            }

            idle.ForEach(id => _runs.Remove(id));
            _count = _runs.Count;
        }

        if (idle.Count > 0)
            _ended();
        return idle;
    }

    /// <summary>Whether a grain's timers wait for the end of a run.</summary>
    public bool Holds(GrainKey grain)
    {
        if (!Any)
            return false;
        lock (_gate)
        {
            foreach (var run in _runs.Values)
            {
                if (run.Clock.HasTouched(grain))
                    return true;
            }

            return false;
        }
    }

    private void Leave(Run run)
    {
        bool over;
        lock (_gate)
        {
            run.Users--;
            run.LastUsed = time.GetUtcNow();
            over = CloseIfOver(run);
        }

        if (over)
            _ended();
    }

    private bool CloseIfOver(Run run)
    {
        if (run is not { Ending: true, Users: 0 })
            return false;
        _runs.Remove(run.Clock.Id);
        _count = _runs.Count;
        return true;
    }

    internal sealed class Run(RunClock clock)
    {
        public RunClock Clock { get; } = clock;

        public int Users { get; set; }

        public bool Ending { get; set; }

        public DateTimeOffset LastUsed { get; set; }
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
