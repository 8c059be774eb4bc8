using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Budgets;

/// <summary>
/// What this silo holds of one budget. Draws are taken from the lease in memory; who finds too little waits
/// until all other draws are settled and the lease is renewed, and only then is told that it is short.
/// Thread-safe.
/// </summary>
internal sealed class BudgetAccount(BudgetKey budget, string holder, IGrainFactory grains, TimeProvider time)
    : IDisposable
{
    /// <summary>How long a lease is drawn from.</summary>
    public static readonly TimeSpan LeaseLasts = TimeSpan.FromMinutes(1);

    /// <summary>The same where silos share the journal: the others wait so long for what a silo that died had
    /// left.</summary>
    public static readonly TimeSpan SharedLeaseLasts = TimeSpan.FromSeconds(10);

    /// <summary>After that a use is not written any more: a little later, for what is on its way.</summary>
    public static readonly TimeSpan SharedLeaseEnds = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ImmutableArray<long> _unknown = [];
    private HeldLease? _lease;
    private bool _resting;

    private IBudgetGrain Grain => grains.GetGrain<IBudgetGrain>(BudgetName.ToGrain(budget));

    /// <summary>Draws at once, or not at all: null.</summary>
    public Drawn? TryDraw(ImmutableArray<BudgetAsk> asks)
    {
        lock (_gate)
        {
            return !_resting && Usable(asks) is { } lease && lease.Left >= SumOf(asks)
                ? Take(lease, asks)
                : null;
        }
    }

    /// <summary>Draws what is there, once that is certain.</summary>
    public async Task<Drawn> DrawAsync(ImmutableArray<BudgetAsk> asks)
    {
        await _turn.WaitAsync();
        try
        {
            if (TryDraw(asks) is { } drawn)
                return drawn;
            await RestAsync();
            return Rested(asks) ?? await RenewAsync(asks);
        }
        finally
        {
            WakeUp();
            _turn.Release();
        }
    }

    /// <summary>A draw is over; see <see cref="HeldLease.Settle"/>.</summary>
    public void Settle(HeldLease lease, long amount, long used)
    {
        lock (_gate)
            lease.Settle(amount, used);
    }

    /// <summary>
    /// Whether a draw was committed is not known: the lease is never used again and stays open until its uses
    /// are counted, after the next start.
    /// </summary>
    public void Abandon(HeldLease lease, long amount)
    {
        lock (_gate)
        {
            lease.Settle(amount, 0);
            Forget(lease);
        }
    }

    /// <summary>Ends a lease that nobody draws from any more.</summary>
    /// <param name="evenYoung">Whatever its age.</param>
    public async Task CloseAsync(bool evenYoung)
    {
        await _turn.WaitAsync();
        try
        {
            if (Idle(evenYoung) is not { } lease)
                return;
            await Ending(lease, Grain.Close(new(lease.Number, lease.Used)));
        }
        finally
        {
            WakeUp();
            _turn.Release();
        }
    }

    /// <summary>Ends a lease for somebody else, once its draws are settled.</summary>
    /// <returns>Null: it is not held here, or it is being renewed at this moment.</returns>
    public async Task<LeaseEnd?> RecallAsync(long number)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero))
            return null;
        try
        {
            await RestAsync();
            lock (_gate)
            {
                if (_lease is not { } lease || lease.Number != number)
                    return null;
                // Whether the answer arrives is not known here: if not, the uses are counted.
                Forget(lease);
                return new(number, lease.Used);
            }
        }
        finally
        {
            WakeUp();
            _turn.Release();
        }
    }

    /// <summary>What is committed, and what might still be had of a total.</summary>
    public async Task<(long Used, long Left)> ReadAsync(long total)
    {
        var books = await Grain.Read();
        lock (_gate)
        {
            var others = books.Open.Where(lease => lease.Number != _lease?.Number).Sum(lease => lease.Amount);
            var isBooked = _lease is { } held && books.Open.Any(lease => lease.Number == held.Number);
            var (used, taken) = isBooked ? (_lease!.Used, _lease.Taken) : (0, 0);
            return (books.Used + used, total - books.Used - others - taken);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task RestAsync()
    {
        Task settled;
        lock (_gate)
        {
            _resting = true;
            settled = _lease?.WhenSettled() ?? Task.CompletedTask;
        }

        await settled;
    }

    private void WakeUp()
    {
        lock (_gate)
            _resting = false;
    }

    /// <summary>With nothing pending: what the lease gives if it is enough or nothing else is left.</summary>
    private Drawn? Rested(ImmutableArray<BudgetAsk> asks)
    {
        lock (_gate)
        {
            return Usable(asks) is { } lease && (lease.IsLast || lease.Left >= SumOf(asks))
                ? Take(lease, asks)
                : null;
        }
    }

    /// <summary>With nothing pending: the new lease has as much of what is asked as there is.</summary>
    private async Task<Drawn> RenewAsync(ImmutableArray<BudgetAsk> asks)
    {
        var answer = LeaseAnswer.Later;
        while (answer.IsLater)
        {
            var ended = _lease;
            var asked = Grain.Lease(RequestFor(asks, ended));
            await Ending(ended, asked);
            answer = await asked;
            if (answer.IsLater)
                await Task.Delay(AskAgainAfter, TimeProvider.System);
        }

        lock (_gate)
            _unknown = [.. _unknown.Intersect(answer.Unknown)];
        if (answer.Lease == 0)
            return Drawn.Nothing(asks);
        lock (_gate)
        {
            var lasts = answer.Until is null ? LeaseLasts : SharedLeaseLasts;
            _lease = new(answer, asks[0].Total, time.GetUtcNow() + lasts);
            return Take(_lease, asks);
        }
    }

    private LeaseRequest RequestFor(ImmutableArray<BudgetAsk> asks, HeldLease? ended) => new()
    {
        Holder = holder,
        Amount = SumOf(asks),
        Total = asks[0].Total,
        EvenEmpty = asks.Any(ask => ask.Amount < Points.Zero),
        Ended = ended is null ? null : new(ended.Number, ended.Used),
        Unknown = _unknown,
    };

    /// <summary>A lease is ended by a call; if that fails nobody knows whether it was.</summary>
    private async Task Ending(HeldLease? lease, Task call)
    {
        var ended = false;
        try
        {
            await call;
            ended = true;
        }
        finally
        {
            lock (_gate)
            {
                if (!ended && lease is not null)
                    Forget(lease);
                _lease = null;
            }
        }
    }

    private void Forget(HeldLease lease)
    {
        if (!_unknown.Contains(lease.Number))
            _unknown = _unknown.Add(lease.Number);
        if (_lease == lease)
            _lease = null;
    }

    /// <summary>One that is neither old nor of another version's total.</summary>
    private HeldLease? Usable(ImmutableArray<BudgetAsk> asks) =>
        _lease is { } lease && lease.Total == asks[0].Total && lease.Until > time.GetUtcNow() ? lease : null;

    private HeldLease? Idle(bool evenYoung)
    {
        lock (_gate)
        {
            if (_lease is not { Pending: 0 } lease || (!evenYoung && lease.Until > time.GetUtcNow()))
                return null;
            _resting = true;
            return lease;
        }
    }

    private static Drawn Take(HeldLease lease, ImmutableArray<BudgetAsk> asks)
    {
        var answers = ImmutableArray.CreateBuilder<BudgetAnswer>(asks.Length);
        foreach (var ask in asks)
        {
            var granted = BudgetCount.Granted(ask, lease.Left);
            if (granted != Points.Zero)
                lease.Draw(granted.Value);
            answers.Add(new(ask.Budget, ask.Amount, granted, granted == Points.Zero ? 0 : lease.Number));
        }

        return new(lease, answers.MoveToImmutable());
    }

    private static long SumOf(ImmutableArray<BudgetAsk> asks)
    {
        var sum = 0L;
        foreach (var ask in asks)
            sum += Math.Max(0, ask.Amount.Value);
        return sum;
    }
}

/// <summary>What one budget gave to the asks of one decision, in their order.</summary>
/// <param name="Lease">Null: nothing was drawn.</param>
internal sealed record Drawn(HeldLease? Lease, ImmutableArray<BudgetAnswer> Answers)
{
    public static Drawn Nothing(ImmutableArray<BudgetAsk> asks) =>
        new(null, [.. asks.Select(ask => new BudgetAnswer(ask.Budget, ask.Amount, Points.Zero, 0))]);
}
