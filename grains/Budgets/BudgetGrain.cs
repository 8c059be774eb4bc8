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
            cancellationToken))
        {
            Broken = DeactivateOnIdle,
        };
    }

    public async Task<LeaseAnswer> Lease(LeaseRequest request)
    {
        var facts = ImmutableArray.CreateBuilder<BudgetFact>();
        foreach (var lease in _timeline.State.Open)
            if (await EndOf(lease, request) is { } end)
                facts.Add(new BudgetFact.Closed(end.Lease, end.Used));
        var state = After(facts);
        if (state.FreeOf(request.Total) < request.Amount)
        {
            foreach (var end in await recall.AllAsync(_budget, state.Open, request.Holder))
                facts.Add(new BudgetFact.Closed(end.Lease, end.Used));
            state = After(facts);
        }

        var free = state.FreeOf(request.Total);
        var size = Math.Min(free, Math.Max(request.Amount, free / PartsLeft));
        var othersHold = state.Open.Exists(lease => lease.Holder != request.Holder);
        var answer = free < request.Amount && othersHold ? LeaseAnswer.Later
            : size == 0 && !request.EvenEmpty ? new(0, 0, true)
            : await Lend(request, state, size, facts);
        await Append(facts);
        return answer with { Unknown = [.. request.Unknown.Where(state.IsOpen)] };
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
        if (lease.Holder == request.Holder && lease.Number == request.Ended?.Lease)
            return request.Ended;
        if (lease.Until is { } until && await journal.HasPassedAsync(until))
            return new(lease.Number, await recount.UsesAsync(_budget, lease));
        if (lease.Holder != request.Holder)
            return lease.Until is null ? new(lease.Number, await recount.UsesAsync(_budget, lease)) : null;
        // A lease whose answer never came back: its holder knows nothing of it and has drawn nothing.
        return request.Unknown.Contains(lease.Number) ? null : new(lease.Number, 0);
    }

    /// <summary>A new lease among the facts; its number is that of the entry they will be.</summary>
    private async Task<LeaseAnswer> Lend(
        LeaseRequest request, BudgetState state, long size, ImmutableArray<BudgetFact>.Builder facts)
    {
        var until = await journal.DeadlineAsync(BudgetAccount.SharedLeaseEnds);
        facts.Add(new BudgetFact.Leased(
            _budget.Rule, _budget.First, size, request.Total, request.Holder, until));
        var isLast = size == state.FreeOf(request.Total) && state.Open.IsEmpty;
        return new(_timeline.Seq + 1, size, isLast, until);
    }

    private BudgetState After(ImmutableArray<BudgetFact>.Builder facts) =>
        _timeline.State.Apply(new(1, facts.ToImmutable()), 0, 0);

    private async Task Append(ImmutableArray<BudgetFact>.Builder facts)
    {
        if (facts.Count == 0)
            return;
        var body = new BudgetBody(1, facts.ToImmutable());
        var entry = new EntryDraft
        {
            Kind = EntryKind,
            At = _timeline.NotBefore(time.GetUtcNow()),
            Body = body.ToJson(),
            Actor = "budget",
        };
        await _timeline.Append(entry, _timeline.State.Apply(body, _timeline.Seq + 1, 0), 0);
    }
}
