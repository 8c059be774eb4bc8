using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using MallVip.Grains.Admission;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Embedded;

/// <summary>
/// The in-process grain runtime: who is resident, how many may be, how it ends. No networking.
/// </summary>
public sealed class GrainRuntime : IGrainFactory, IDisposable
{
    private static readonly TimeSpan Century = TimeSpan.FromDays(36_525);

    private readonly FrozenDictionary<Type, GrainType> _contracts;
    private readonly ConcurrentDictionary<Type, Func<GrainType, string, GrainReference>> _proxies = new();
    private readonly CancellationTokenSource _shutdown = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ResidentSweep _sweep;
    private long _pending;
    private int _residents;
    private int _leaving;

    /// <summary>Finds the grain classes and checks their contracts.</summary>
    /// <exception cref="InvalidOperationException">Two classes implement one contract.</exception>
    /// <exception cref="NotSupportedException">A contract method cannot be a grain call.</exception>
    public GrainRuntime(
        IServiceProvider services, EmbeddedGrainOptions options, TimeProvider time, ILogger<GrainRuntime> log,
        params Assembly[] assemblies)
    {
        options.Validate();
        Shutdown = _shutdown.Token;
        (Services, Options, Time, Log) = (services, options, time, log);
        var classes = assemblies.Distinct().SelectMany(GrainType.ClassesIn);
        Types = [.. classes.Select(it => new GrainType(this, it))];
        var contracts = new Dictionary<Type, GrainType>();
        foreach (var (contract, type) in Types.SelectMany(type => type.Contracts.Select(it => (it, type))))
        {
            if (!contracts.TryAdd(contract, type))
                throw new InvalidOperationException($"{contract.Name} has two classes, one is {type.Name}.");
            _proxies[contract] = ProxyEmitter.Build(contract);
        }
        _contracts = contracts.ToFrozenDictionary();
        _sweep = new ResidentSweep(this);
    }

    internal IServiceProvider Services { get; }

    internal EmbeddedGrainOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ILogger Log { get; }

    internal GrainType[] Types { get; }

    internal int Tick => _sweep.Tick;

    internal bool IsOverfull =>
        Volatile.Read(ref _residents) - Volatile.Read(ref _leaving) > Options.MaxResidents;

    internal CancellationToken Shutdown { get; }

    internal bool IsStopping { get; private set; }

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        if (!_contracts.TryGetValue(typeof(TGrainInterface), out var type))
            throw new InvalidOperationException($"No grain class implements {typeof(TGrainInterface).Name}.");
        return (TGrainInterface)(object)_proxies[typeof(TGrainInterface)](type, primaryKey);
    }

    /// <summary>Counters per grain class, for a status page. Cheap enough to ask every second.</summary>
    public IReadOnlyList<GrainTypeSnapshot> Snapshot() => [.. Types.Select(it => it.Stats.Snapshot(it.Name))];

    /// <summary>
    /// Refuses new calls from outside, lets every accepted one finish, deactivates all, and returns when
    /// nothing is resident. Calls that grains make meanwhile are served.
    /// </summary>
    /// <exception cref="OperationCanceledException">
    /// Time ran out: calls still unanswered got <see cref="GrainRuntimeStoppingException"/>; some may still
    /// run.
    /// </exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        Interlocked.MemoryBarrier();
        foreach (var activation in Types.SelectMany(it => it.Residents.Values))
            activation.Deactivate(DeactivationReasonCode.ShuttingDown, Closing.WhenIdle);
        if (Volatile.Read(ref _residents) == 0)
            _empty.TrySetResult();
        try
        {
            await _empty.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _shutdown.CancelAsync();
            foreach (var activation in Types.SelectMany(it => it.Residents.Values))
                activation.Abandon(long.MaxValue, static (_, _, _) => new GrainRuntimeStoppingException());
            throw;
        }
        finally
        {
            _sweep.Dispose();
        }
    }

    /// <summary>Releases the sweep's timer. <see cref="StopAsync"/> comes first.</summary>
    public void Dispose()
    {
        _sweep.Dispose();
        _shutdown.Dispose();
    }

    /// <summary>Why a call from outside may not begin, or null.</summary>
    internal Exception? Refusal(GrainType type)
    {
        if (IsStopping)
            return new GrainRuntimeStoppingException();
        return Volatile.Read(ref _pending) >= Options.MaxPending ? Overloaded(type) : null;
    }

    internal GrainOverloadedException Overloaded(GrainType type) =>
        new($"Too many calls wait for {type.Name}.", Options.RetryAfter);

    /// <summary>Grain types only: keys may stand for persons.</summary>
    internal Exception TimedOut(Activation target, Request call, bool runs) => new GrainCallTimeoutException(
        $"A call from {call.Caller?.Type.Name ?? "outside"} to {target.Type.Name}.{call.Method} "
        + $"had no answer within {Options.CallTimeout}: it {(runs ? "still runs" : "waits for its turn")}. "
        + "Grains that wait for each other in a circle do this.");

    internal void CountPending(GrainType type, int by)
    {
        Interlocked.Add(ref _pending, by);
        type.Stats.ChangePending(by);
    }

    internal void Arrived(GrainType type)
    {
        type.Stats.ChangeResidents(1);
        Interlocked.Increment(ref _residents);
        if (IsOverfull)
            _sweep.MakeRoom();
    }

    internal void Departed(GrainType type)
    {
        type.Stats.ChangeResidents(-1);
        if (Interlocked.Decrement(ref _residents) == 0 && IsStopping)
            _empty.TrySetResult();
    }

    /// <summary>Activations that are ending make room already: more must not be ended for them.</summary>
    internal void Leaving(int by) => Interlocked.Add(ref _leaving, by);

    /// <summary>The timestamp that long from now; spans of more than a century are taken as one.</summary>
    internal long After(TimeSpan span)
    {
        var seconds = Math.Clamp(span.TotalSeconds, -Century.TotalSeconds, Century.TotalSeconds);
        return Time.GetTimestamp() + (long)(seconds * Time.TimestampFrequency);
    }
}
