namespace MallVip.Grains.Budgets;

/// <summary>See <see cref="ILeaseHolderGrain"/>.</summary>
[PreferLocalPlacement]
public sealed class LeaseHolderGrain(BudgetLeases leases) : Grain, ILeaseHolderGrain
{
    public Task Stay() => Task.CompletedTask;

    public Task<LeaseEnd?> Recall(string budget, long lease) => this.GetPrimaryKeyString() == leases.Holder
        ? leases.RecallAsync(BudgetName.Parse(budget), lease)
        : Task.FromResult<LeaseEnd?>(null);
}
