using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Rules.Budgets;

namespace MallVip.Grains.Budgets;

/// <summary>See <see cref="IBudgetGrain"/>. One turn at a time.</summary>
public sealed class BudgetGrain(
    IJournal journal, JournalWriter writer, LeaseRecount recount, LeaseRecall recall, TimeProvider time)
    : Grain, IBudgetGrain
{
    /// <summary>The kind of its entries.</summary>
    public const string EntryKind = "budget";

    /// <summary>
    /// At most one part in so many of what is left is lent at once, so that leases shrink towards the end.
    /// </summary>
    public const int PartsLeft = 8;

    private BudgetKey _budget;
    private Timeline<BudgetState> _timeline = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _budget = BudgetName.Parse(this.GetPrimaryKeyString());
        var grain = BudgetName.ToJournal(_budget);
        _timeline = new(writer, grain, await TimelineFold.ReadAsync(
            journal, grain, BudgetState.Empty,
            static (state, entry) => state.Apply(BudgetBody.Parse(entry.Body), entry.Seq, entry.Pos),
            cancellationToken));
    }

    public async Task<LeaseAnswer> Lease(LeaseRequest request)
    {
        var facts = ImmutableArray.CreateBuilder<BudgetFact>();
        foreach (var lease in _timeline.State.Open)
            if (await EndOf(lease, request) is { } end)
                facts.Add(new BudgetFact.Closed(end.Lease, end.Used));
        if (FreeAfter(facts, request) < request.Amount)
            foreach (var end in await recall.AllAsync(_budget, StateAfter(facts).Open, request.Holder))
                facts.Add(new BudgetFact.Closed(end.Lease, end.Used));
        var (state, free) = (StateAfter(facts), FreeAfter(facts, request));
        var unknown = ImmutableArray.CreateRange(
            request.Unknown.Where(number => state.Open.Exists(lease => lease.Number == number)));
        if (free < request.Amount && state.Open.Exists(lease => lease.Holder != request.Holder))
        {
            await Append(facts);
            return LeaseAnswer.Later with { Unknown = unknown };
        }

        var size = Math.Min(free, Math.Max(request.Amount, free / PartsLeft));
        if (size == 0 && !request.EvenEmpty)
        {
            await Append(facts);
            return new(0, 0, true) { Unknown = unknown };
        }

        var until = await journal.DeadlineAsync(BudgetAccount.SharedLeaseEnds);
        facts.Add(new BudgetFact.Leased(
            _budget.Rule, _budget.First, size, request.Total, request.Holder, until));
        await Append(facts);
        return new(_timeline.Seq, size, size == free && state.Open.IsEmpty, until) { Unknown = unknown };
    }

    public Task Close(LeaseEnd end)
    {
        var facts = ImmutableArray.CreateBuilder<BudgetFact>();
        if (_timeline.State.Open.Exists(lease => lease.Number == end.Lease))
            facts.Add(new BudgetFact.Closed(end.Lease, end.Used));
        return Append(facts);
    }

    public async Task<BudgetReading> Read()
    {
        var (state, _) = await _timeline.ReadDurable();
        return new(state.Used, [.. state.Open]);
    }

    /// <summary>Null: the lease stays open.</summary>
    private async ValueTask<LeaseEnd?> EndOf(OpenLease lease, LeaseRequest request)
    {
        if (lease.Until is { } until && await journal.HasPassedAsync(until))
            return new(lease.Number, await recount.UsesAsync(_budget, lease));
        if (lease.Holder != request.Holder)
            return lease.Until is null ? new(lease.Number, await recount.UsesAsync(_budget, lease)) : null;
        if (lease.Number == request.Ended?.Lease)
            return request.Ended;
        // A lease whose answer never came back: its holder knows nothing of it and has drawn nothing.
        return request.Unknown.Contains(lease.Number) ? null : new(lease.Number, 0);
    }

    private BudgetState StateAfter(ImmutableArray<BudgetFact>.Builder facts) =>
        _timeline.State.Apply(new(1, facts.ToImmutable()), 0, 0);

    private long FreeAfter(ImmutableArray<BudgetFact>.Builder facts, LeaseRequest request)
    {
        var state = StateAfter(facts);
        return Math.Max(0, request.Total - state.Used - state.Outstanding);
    }

    private async Task Append(ImmutableArray<BudgetFact>.Builder facts)
    {
        if (facts.Count == 0)
            return;
        var body = new BudgetBody(1, facts.ToImmutable());
        var entry = new PendingEntry
        {
            Kind = EntryKind,
            At = _timeline.NotBefore(time.GetUtcNow()),
            Body = body.ToJson(),
            Actor = "budget",
        };
        try
        {
            await _timeline.Append(entry, _timeline.State.Apply(body, _timeline.Seq + 1, 0), 0);
        }
        catch (AppendFailedException)
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
