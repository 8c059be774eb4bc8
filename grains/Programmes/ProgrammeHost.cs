using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Programmes;

/// <summary>
/// The programme in force and, by version, every one that ever decided an entry. A version that is to take
/// effect later is loaded beforehand; the switch happens at its instant, whoever looks first. Thread-safe.
/// </summary>
public sealed class ProgrammeHost : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly Queue<Upcoming> _later = new();
    private volatile InForce _inForce;
    private volatile Upcoming? _next;
    private long _followed;
    private TimeSpan _trust = Timeout.InfiniteTimeSpan;
    private long _looked;

    private ProgrammeHost(ProgrammeArchive archive, Programme current, TimeProvider time)
    {
        (Archive, _time, _inForce) = (archive, time, InForce.Of(current));
        _timer = time.CreateTimer(
            static host => ((ProgrammeHost)host!).Wake(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public ProgrammeArchive Archive { get; }

    /// <summary>Told of each switch, right after it, on whatever thread made it: be quick.</summary>
    public event EventHandler<Programme>? Switched;

    /// <summary>What the next event is read and decided by.</summary>
    /// <exception cref="ProgrammeNotLoadedException">It is due and not loaded here, or it is not known what
    /// has been published elsewhere.</exception>
    public InForce Now
    {
        get
        {
            if (IsBlind)
                throw new ProgrammeNotLoadedException(_inForce.Programme.Version);
            var next = _next;
            return next is null || _time.GetUtcNow() < next.At ? _inForce : Advance();
        }
    }

    /// <inheritdoc cref="Now"/>
    public Programme Current => Now.Programme;

    /// <summary>The newest version loaded: for names and texts, never for a decision.</summary>
    public Programme Shown => Newest.Programme;

    /// <summary>The newest version loaded. Each time that a version comes into force it is another
    /// object.</summary>
    public InForce Newest => _inForce;

    /// <summary>The version that is due and could not be loaded; null: all is well.</summary>
    public string? Missing =>
        _next is { Ready: null } next && next.At <= _time.GetUtcNow() ? next.Version : null;

    /// <summary>Whether a version is loaded that will take effect.</summary>
    public bool Waits(string version)
    {
        lock (_gate)
            return _later.Any(later => later.Version == version && later.Ready is not null);
    }

    /// <summary>Whether other silos may have published what this one has had no chance to see.</summary>
    public bool IsBlind => _trust != Timeout.InfiniteTimeSpan
        && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _looked)) > _trust;

    /// <summary>From now on what is loaded is trusted for so long after each
    /// <see cref="Looked"/>.</summary>
    public void TrustFor(TimeSpan trust) => _trust = trust;

    /// <summary>All that was published before an instant has been loaded.</summary>
    /// <param name="timestamp">The system's, see <see cref="TimeProvider.GetTimestamp"/>.</param>
    public void Looked(long timestamp) => Volatile.Write(ref _looked, timestamp);

    /// <summary>Archives the programme and puts it in force.</summary>
    public static async Task<ProgrammeHost> StartAsync(
        IJournal journal, Programme programme, TimeProvider time, ProgrammeWorkshop? workshop = null)
    {
        var archive = new ProgrammeArchive(journal, workshop ?? new(), time);
        await archive.SaveAsync(programme);
        return new(archive, programme, time);
    }

    /// <summary>The programme of a version, compiled anew from the archive if need be.</summary>
    /// <exception cref="JournalDamagedException">The version is not in the archive, or no longer
    /// compiles.</exception>
    public Task<Programme> GetAsync(string version) =>
        _inForce.Programme is { } current && current.Version == version
            ? Task.FromResult(current)
            : Archive.GetAsync(version);

    /// <summary>
    /// What decides an event that was read under a version: that one, even if another has come into force.
    /// </summary>
    /// <param name="version">Null: whatever is in force now.</param>
    public ValueTask<Programme> ForAsync(string? version)
    {
        var current = Now.Programme;
        return version is null || string.Equals(current.Version, version, StringComparison.Ordinal)
            ? new(current)
            : new(GetAsync(version));
    }

    /// <summary>
    /// Puts in force what a history says, now and later. When this returns, all that could be loaded is. An
    /// older history than the last changes nothing.
    /// </summary>
    public async Task FollowAsync(ProgrammeHistory history)
    {
        var now = _time.GetUtcNow();
        if (history.InForceAt(now) is not { } publication)
            return;
        var current = await LoadAsync(publication);
        var later = new List<Upcoming>();
        foreach (var waiting in history.WaitingAt(now))
            later.Add(await LoadAsync(waiting));
        var before = _inForce;
        lock (_gate)
        {
            if (history.Head!.Number < _followed)
                return;
            _followed = history.Head.Number;
            _later.Clear();
            if (current.Ready is { } ready)
                _inForce = ReferenceEquals(ready.Programme, before.Programme) ? before : ready;
            else
                _later.Enqueue(current);
            later.ForEach(_later.Enqueue);
            Arm_NeedsLock();
        }

        Tell(before);
    }

    public void Dispose() => _timer.Dispose();

    private async Task<Upcoming> LoadAsync(Publication publication)
    {
        try
        {
            var compiled = await GetAsync(publication.Version);
            var programme = compiled.WaitingSince(publication.Timed.Since);
            if (!ReferenceEquals(programme, compiled))
                Archive.Remember(programme);
            return new(publication.EffectiveAt, publication.Version, InForce.Of(programme));
        }
        catch (JournalDamagedException)
        {
            return new(publication.EffectiveAt, publication.Version, null);
        }
    }

    private void Wake()
    {
        if (_next is { Ready: not null } next && next.At <= _time.GetUtcNow())
            Advance();
        lock (_gate)
            Arm_NeedsLock();
    }

    /// <summary>Switches to whatever is due.</summary>
    private InForce Advance()
    {
        var before = _inForce;
        lock (_gate)
        {
            while (_next is { } next && next.At <= _time.GetUtcNow())
            {
                _inForce = next.Ready ?? throw new ProgrammeNotLoadedException(next.Version);
                _later.Dequeue();
                Arm_NeedsLock();
            }
        }

        Tell(before);
        return _inForce;
    }

    private void Arm_NeedsLock()
    {
        _next = _later.TryPeek(out var next) ? next : null;
        var wait = next is null ? Timeout.InfiniteTimeSpan : next.At - _time.GetUtcNow();
        if (next is { Ready: null } && wait <= TimeSpan.Zero)
            wait = Timeout.InfiniteTimeSpan;
        _timer.Change(
            wait == Timeout.InfiniteTimeSpan ? wait
                : TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestTimer.Ticks)),
            Timeout.InfiniteTimeSpan);
    }

    private void Tell(InForce before)
    {
        var now = _inForce;
        if (!ReferenceEquals(before, now))
            Switched?.Invoke(this, now.Programme);
    }
}
