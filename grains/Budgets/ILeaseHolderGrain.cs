namespace MallVip.Grains.Budgets;

/// <summary>
/// The door of a silo that holds leases, so that others can ask for what it has left. Its key is the silo's
/// holder name; it comes to life in the silo that calls it first, which is that one.
/// </summary>
public interface ILeaseHolderGrain : IGrainWithStringKey
{
    /// <summary>The silo is there and stays the place of this grain.</summary>
    Task Stay();

    /// <summary>Ends a lease as soon as its draws are settled, so that what is left may go to
    /// another.</summary>
    /// <returns>Null: it is not here, or in the middle of being renewed.</returns>
    Task<LeaseEnd?> Recall(string budget, long lease);
}
