using System.Collections.Immutable;
using MallVip.Grains.Intake;
using MallVip.Rules.Budgets;

namespace MallVip.Grains.Budgets;

/// <summary>Asks the silos that hold parts of a budget to give back what they have left.</summary>
public sealed class LeaseRecall(IGrainFactory grains)
{
    /// <summary>How long a silo is waited for; one that is gone never answers.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The ends of those leases that came back; the others stay open.</summary>
    /// <param name="budget">Whose they are.</param>
    /// <param name="open">All that are open.</param>
    /// <param name="asker">Who wants them; its own are left alone.</param>
    public async Task<ImmutableArray<LeaseEnd>> AllAsync(
        BudgetKey budget, IEnumerable<OpenLease> open, string asker)
    {
        var ends = await Task.WhenAll(
            open.Where(lease => lease.Holder != asker).Select(lease => OneAsync(budget, lease)));
        return [.. ends.OfType<LeaseEnd>()];
    }

    private async Task<LeaseEnd?> OneAsync(BudgetKey budget, OpenLease lease)
    {
        try
        {
            var door = grains.GetGrain<ILeaseHolderGrain>(lease.Holder);
            return await door.Recall(BudgetName.ToGrain(budget), lease.Number).WaitAsync(
                Patience, TimeProvider.System);
        }
        catch (Exception away) when (away is TimeoutException || Unavailable.Is(away))
        {
            return null;
        }
    }
}
