namespace MallVip.Grains.Admission;

/// <summary>How much an <see cref="AdmissionGate"/> lets through.</summary>
public sealed class AdmissionOptions
{
    /// <summary>Most admitted at one time, all callers together. Default 4,096.</summary>
    public int MaxInFlight { get; set; } = 4096;

    /// <summary>Most admitted at one time of one caller. Default 1,024.</summary>
    public int MaxInFlightPerCaller { get; set; } = 1024;

    /// <summary>Most waiting, all callers together. Default 8,192.</summary>
    public int MaxWaiting { get; set; } = 8192;

    /// <summary>Most waiting of one caller. Default 1,024.</summary>
    public int MaxWaitingPerCaller { get; set; } = 1024;

    /// <summary>What a refused caller is told to wait. Default 1 s.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>
/// Stands before the grains and shares what they can do fairly among callers (a till, an API key): bounded
/// work in flight, bounded queues, and callers that wait are served round robin, one request each. When the
/// queues are full, the longest one gives up its newest waiter to a caller whose own is shorter. Memory is
/// bounded by the two totals: a caller without requests leaves no trace. Thread-safe.
/// </summary>
public sealed class AdmissionGate(AdmissionOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly LinkedList<Lane> _turns = new();
    private int _inFlight;
    private int _waiting;

    /// <summary>Admitted and not yet released.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Waiting to be admitted.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Waits for a place, to be given back by disposing the lease.</summary>
    /// <exception cref="GrainOverloadedException">The queues are full, now or while it waited.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<IDisposable> EnterAsync(string caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lease = Join(caller);
        if (lease.Admitted.IsCompletedSuccessfully)
            return lease;
        await using var giveUp = cancellationToken.UnsafeRegister(
            static (it, stop) => ((Lease)it!).Abandon(stop), lease);
        await lease.Admitted;
        return lease;
    }

    private Lease Join(string caller)
    {
        Lease? crowdedOut = null;
        Lease lease;
        lock (_lock)
        {
            if (!_lanes.TryGetValue(caller, out var lane))
                lane = new Lane(caller);
            lease = new Lease(this, lane);
            if (_inFlight < options.MaxInFlight && lane.InFlight < options.MaxInFlightPerCaller
                && lane.Waiting.Count == 0)
            {
                _lanes[caller] = lane;
                Admit(lease);
                return lease;
            }
            if (lane.Waiting.Count >= options.MaxWaitingPerCaller)
                throw Refused();
            if (_waiting >= options.MaxWaiting)
                crowdedOut = CrowdOut(lane);
            _lanes[caller] = lane;
            lease.Place = lane.Waiting.AddLast(lease);
            _waiting++;
            Offer(lane);
        }
        crowdedOut?.Refuse(Refused());
        return lease;
    }

    private Lease CrowdOut(Lane newcomer)
    {
        var longest = _lanes.Values.MaxBy(it => it.Waiting.Count)!;
        if (longest.Waiting.Count <= newcomer.Waiting.Count + 1)
            throw Refused();
        var last = longest.Waiting.Last!.Value;
        Withdraw(last);
        return last;
    }

    private GrainOverloadedException Refused() => new("Too many requests wait.", options.RetryAfter);

    private void Admit(Lease lease)
    {
        _inFlight++;
        lease.Lane.InFlight++;
        lease.Admit();
    }

    private void Withdraw(Lease lease)
    {
        lease.Lane.Waiting.Remove(lease.Place!);
        lease.Place = null;
        _waiting--;
        Settle(lease.Lane);
    }

    /// <summary>Gives a caller a turn in the round while it waits and may have more in flight.</summary>
    private void Offer(Lane lane)
    {
        if (lane.Turn is null && lane.Waiting.Count > 0 && lane.InFlight < options.MaxInFlightPerCaller)
            lane.Turn = _turns.AddLast(lane);
    }

    private void Settle(Lane lane)
    {
        if (lane.Turn is not null && lane.Waiting.Count == 0)
        {
            _turns.Remove(lane.Turn);
            lane.Turn = null;
        }
        if (lane is { Waiting.Count: 0, InFlight: 0 })
            _lanes.Remove(lane.Caller);
    }

    private void Leave(Lease lease)
    {
        lock (_lock)
        {
            _inFlight--;
            lease.Lane.InFlight--;
            Offer(lease.Lane);
            while (_inFlight < options.MaxInFlight && _turns.First is { } turn)
            {
                var lane = turn.Value;
                _turns.RemoveFirst();
                lane.Turn = null;
                var next = lane.Waiting.First!.Value;
                Admit(next);
                Withdraw(next);
                Offer(lane);
            }
            Settle(lease.Lane);
        }
    }

    private void Abandon(Lease lease, CancellationToken stop)
    {
        lock (_lock)
        {
            if (lease.Place is null)
                return;
            Withdraw(lease);
        }
        lease.Cancel(stop);
    }

    /// <summary>One caller that has something in flight or waiting.</summary>
    private sealed class Lane(string caller)
    {
        internal readonly LinkedList<Lease> Waiting = new();
        internal LinkedListNode<Lane>? Turn;
        internal int InFlight;

        internal string Caller => caller;
    }

    private sealed class Lease(AdmissionGate gate, Lane lane) : IDisposable
    {
        private readonly TaskCompletionSource _admitted =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _left;

        internal LinkedListNode<Lease>? Place { get; set; }

        internal Lane Lane => lane;

        internal Task Admitted => _admitted.Task;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _left, true))
                gate.Leave(this);
        }

        internal void Admit() => _admitted.TrySetResult();

        internal void Refuse(Exception error) => _admitted.TrySetException(error);

        internal void Cancel(CancellationToken stop) => _admitted.TrySetCanceled(stop);

        internal void Abandon(CancellationToken stop) => gate.Abandon(this, stop);
    }
}
