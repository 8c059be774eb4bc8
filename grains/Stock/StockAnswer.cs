using MallVip.Grains.Members;

namespace MallVip.Grains.Stock;

/// <summary>What became of an order.</summary>
/// <param name="Member">The member's own answer; null: the member was not asked.</param>
[GenerateSerializer, Immutable]
public sealed record StockAnswer(
    [property: Id(0)] StockStatus Status, [property: Id(1)] MemberAnswer? Member = null)
{
    /// <summary>Whose place in the line it is, from 1; 0: not in the line.</summary>
    [Id(2)]
    public long Place { get; init; }

    /// <summary>Until when the piece is set aside; null: it is not.</summary>
    [Id(3)]
    public DateTimeOffset? Until { get; init; }
}

public enum StockStatus
{
    /// <summary>The member has the piece.</summary>
    Taken,
    /// <summary>It is set aside until the member confirms.</summary>
    Held,
    /// <summary>All are gone; the next that comes back is for those in the line.</summary>
    Waiting,
    /// <summary>All are gone.</summary>
    SoldOut,
    /// <summary>Today's are gone.</summary>
    SoldOutToday,
    /// <summary>The member does not take it; the piece is free again.</summary>
    Refused,
    /// <summary>The programme knows no such stock.</summary>
    Unknown,
    /// <summary>Members may not claim it, or not now.</summary>
    NotNow,
    /// <summary>Nothing is set aside under that name (any more).</summary>
    Lapsed,
}

/// <summary>A stock as it is.</summary>
/// <param name="Taken">Pieces that members have or had and did not give back.</param>
/// <param name="Reserved">Pieces on their way to a member.</param>
/// <param name="Waiting">Who waits for a piece.</param>
/// <param name="Left">How many may be taken now.</param>
[GenerateSerializer, Immutable]
public sealed record StockReading(
    [property: Id(0)] long Taken, [property: Id(1)] long Reserved, [property: Id(2)] long Waiting,
    [property: Id(3)] long Left);
