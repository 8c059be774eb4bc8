using System.Collections.Immutable;

namespace MallVip.Grains.Budgets;

/// <summary>What is known of a budget: the uses of ended leases, and the leases that are open.</summary>
public sealed record BudgetState(long Used, ImmutableList<OpenLease> Open)
{
    public static BudgetState Empty { get; } = new(0, []);

    /// <summary>What open leases may still use.</summary>
    public long Outstanding => Open.Sum(lease => lease.Amount);

    /// <summary>What of a total is neither used nor lent.</summary>
    public long FreeOf(long total) => Math.Max(0, total - Used - Outstanding);

    /// <summary>Whether a lease is open.</summary>
    public bool IsOpen(long number) => Open.Exists(lease => lease.Number == number);

    /// <summary>The state with one more entry.</summary>
    /// <param name="seq">The entry's number: that of a lease it opens.</param>
    /// <param name="pos">Where it stands in the journal; 0: not known yet.</param>
    public BudgetState Apply(BudgetBody body, long seq, long pos)
    {
        var state = this;
        foreach (var fact in body.Facts)
            state = state.Apply(fact, seq, pos);
        return state;
    }

    private BudgetState Apply(BudgetFact fact, long seq, long pos) => fact switch
    {
        BudgetFact.Leased leased =>
            this with { Open = Open.Add(new(seq, leased.Amount, leased.Holder, pos, leased.Until)) },
        BudgetFact.Closed closed =>
            new(Used + closed.Used, Open.RemoveAll(lease => lease.Number == closed.Lease)),
        _ => throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}."),
    };
}

/// <summary>A lease that has not ended.</summary>
/// <param name="Number">Unique within the budget.</param>
/// <param name="Until">No use is written later, by the store's clock; null: while its holder lives.</param>
/// <param name="Pos">All its uses stand behind this place in the journal; 0: it is of this very life.</param>
[GenerateSerializer, Immutable]
public sealed record OpenLease(
    [property: Id(0)] long Number, [property: Id(1)] long Amount, [property: Id(2)] string Holder,
    [property: Id(3)] long Pos, [property: Id(4)] DateTimeOffset? Until);
