using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Parking;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Parking;

/// <summary>A car's visit to a car park.</summary>
[GenerateSerializer, Immutable]
public sealed record ParkingVisit
{
    /// <summary>From 1 within the lot.</summary>
    [Id(0)]
    public required long Number { get; init; }

    /// <summary>The handle.</summary>
    [Id(1)]
    public required string Plate { get; init; }

    [Id(2)]
    public string? Session { get; init; }

    /// <summary>As the gate named it; null: it did not.</summary>
    [Id(3)]
    public string? Vehicle { get; init; }

    [Id(4)]
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>Null: it is inside.</summary>
    [Id(5)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>exit</c> or <c>exit-missing</c>; null: it is inside.</summary>
    [Id(6)]
    public string? How { get; init; }

    /// <summary>Of a visit that ended: what it cost.</summary>
    [Id(7)]
    public decimal Fee { get; init; }

    /// <summary>Of a visit that ended: what of it is not paid.</summary>
    [Id(8)]
    public decimal Due { get; init; }

    /// <summary>Those that count, in their order.</summary>
    [Id(9)]
    public ImmutableArray<VisitPayment> Payments { get; init; } = [];

    /// <summary>The payment that is under way; null: none.</summary>
    [Id(10)]
    public CarParkFact.PaymentStarted? Pending { get; init; }

    /// <summary>Payments that the member refused.</summary>
    [Id(11)]
    public ImmutableArray<CarParkFact.PaymentRefused> Refused { get; init; } = [];

    /// <summary>Free minutes that the staff gave.</summary>
    [Id(12)]
    public int Granted { get; init; }

    /// <summary>Raised with each change.</summary>
    [Id(13)]
    public int Version { get; init; }

    /// <summary>Its plate had been read wrongly.</summary>
    [Id(14)]
    public bool IsMoved { get; init; }

    /// <summary>Granted minutes that no payment has used.</summary>
    [JsonIgnore]
    public int GrantLeft => Granted - Payments.SelectMany(payment => payment.Uses)
        .Where(use => use.Source == ParkingEntitlement.OfGrant.Word).Sum(use => use.Minutes);

    /// <summary>As fees are worked out of it.</summary>
    public VisitClaim At(ParkingLot lot) => new(lot, Vehicle, EnteredAt, Payments);
}
