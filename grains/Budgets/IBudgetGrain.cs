using System.Collections.Immutable;

namespace MallVip.Grains.Budgets;

/// <summary>
/// A rule's budget in one window: it lends parts of it, so that members need not queue for every point. Never
/// more is lent than there is. Its key is <see cref="BudgetName"/>'s.
/// </summary>
public interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>
    /// Ends the holder's lease, if it names one, and lends anew. What is left of dead holders' leases is
    /// counted first. Durable when it answers.
    /// </summary>
    Task<LeaseAnswer> Lease(LeaseRequest request);

    /// <summary>Ends a lease without another. One that has ended already is no error.</summary>
    Task Close(LeaseEnd end);

    /// <summary>What is durable.</summary>
    Task<BudgetReading> Read();
}

/// <summary>A silo wants a part of the budget.</summary>
[GenerateSerializer, Immutable]
public sealed record LeaseRequest
{
    [Id(0)]
    public required string Holder { get; init; }

    /// <summary>What is wanted at least, if it is there.</summary>
    [Id(1)]
    public required long Amount { get; init; }

    /// <summary>What the budget holds in all, as the deciding version says.</summary>
    [Id(2)]
    public required long Total { get; init; }

    /// <summary>A lease of nothing will do: something is to be given back.</summary>
    [Id(3)]
    public bool EvenEmpty { get; init; }

    /// <summary>The lease that the holder has done with; null: none.</summary>
    [Id(4)]
    public LeaseEnd? Ended { get; init; }

    /// <summary>Leases whose uses the holder does not know: they stay open as long as it lives.</summary>
    [Id(5)]
    public ImmutableArray<long> Unknown { get; init; } = [];
}

/// <summary>A lease ends.</summary>
/// <param name="Used">The sum of its committed uses.</param>
[GenerateSerializer, Immutable]
public sealed record LeaseEnd([property: Id(0)] long Lease, [property: Id(1)] long Used);

/// <summary>What was lent.</summary>
/// <param name="Lease">Its number; 0: there is nothing to lend.</param>
/// <param name="IsLast">Nothing else is left, with this holder or any other.</param>
/// <param name="Until">No use of it is written later, by the store's clock; null: no such end.</param>
[GenerateSerializer, Immutable]
public sealed record LeaseAnswer(
    [property: Id(0)] long Lease, [property: Id(1)] long Amount, [property: Id(2)] bool IsLast,
    [property: Id(3)] DateTimeOffset? Until = null)
{
    /// <summary>Those of the holder's unknown leases that are still open.</summary>
    [Id(4)]
    public ImmutableArray<long> Unknown { get; init; } = [];

    /// <summary>There is less than was asked for as long as another holder has some that it has not given
    /// back: ask again.</summary>
    public static LeaseAnswer Later { get; } = new(-1, 0, false);

    /// <summary>Whether it is <see cref="Later"/>.</summary>
    public bool IsLater => Lease < 0;
}

/// <summary>A budget's books.</summary>
/// <param name="Used">The uses of all leases that have ended.</param>
[GenerateSerializer, Immutable]
public sealed record BudgetReading(
    [property: Id(0)] long Used, [property: Id(1)] ImmutableArray<OpenLease> Open);
