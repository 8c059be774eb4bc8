using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Rules.Parking;

namespace MallVip.Grains.Parking;

/// <summary>What happened in a car park. Persisted for ever under these short names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(Entered), "entered")]
[JsonDerivedType(typeof(Left), "left")]
[JsonDerivedType(typeof(Listed), "listed")]
[JsonDerivedType(typeof(PaymentStarted), "paying")]
[JsonDerivedType(typeof(Paid), "paid")]
[JsonDerivedType(typeof(PaymentRefused), "not-paid")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(MoveEnded), "move-ended")]
[GenerateSerializer, Immutable]
public abstract record CarParkFact
{
    private CarParkFact()
    {
    }

    /// <summary>A car came in.</summary>
    /// <param name="Visit">Its number, from 1 within the lot.</param>
    /// <param name="Plate">The handle.</param>
    public sealed record Entered(
        long Visit, string Plate, string? Session, string? Vehicle, DateTimeOffset At) : CarParkFact;

    /// <summary>A visit ended.</summary>
    /// <param name="How"><c>exit</c>, or <c>exit-missing</c>: nobody saw it leave before the plate came
    /// again.</param>
    /// <param name="Fee">What it cost; of a missing exit nobody knows.</param>
    /// <param name="Due">What of it is not paid.</param>
    public sealed record Left(long Visit, DateTimeOffset At, string How, decimal Fee, decimal Due)
        : CarParkFact;

    /// <summary>An exit that ends no visit.</summary>
    /// <param name="How"><c>late</c>, <c>before-entry</c> or <c>unmatched</c>.</param>
    [GenerateSerializer, Immutable]
    public sealed record Listed(
        [property: Id(0)] string Plate, [property: Id(1)] string? Session,
        [property: Id(2)] DateTimeOffset At, [property: Id(3)] string How) : CarParkFact;

    /// <summary>First step of a payment: the visit takes no other until it has ended.</summary>
    /// <param name="DriveAt">When it is carried on if nobody else has.</param>
    [GenerateSerializer, Immutable]
    public sealed record PaymentStarted(
        [property: Id(0)] long Visit, [property: Id(1)] VisitPayment Payment,
        [property: Id(2)] DateTimeOffset DriveAt) : CarParkFact;

    /// <summary>Last step: the payment counts.</summary>
    /// <param name="Due">Of a visit that has ended: what is left to be paid.</param>
    public sealed record Paid(long Visit, string Payment, decimal Due) : CarParkFact;

    /// <summary>Last step: the member refused, and nothing counts.</summary>
    [GenerateSerializer, Immutable]
    public sealed record PaymentRefused(
        [property: Id(0)] long Visit, [property: Id(1)] string Payment, [property: Id(2)] string Code,
        [property: Id(3)] string Detail) : CarParkFact;

    /// <summary>The staff gave a visit free minutes.</summary>
    public sealed record Granted(long Visit, int Minutes, string By, string Reason) : CarParkFact;

    /// <summary>A plate had been read wrongly: the visit is another one's.</summary>
    public sealed record Moved(long Visit, string From, string To, string By, string Reason) : CarParkFact
    {
        /// <summary>Names the correction for ever; null: the visit has ended, and no member hears of
        /// it.</summary>
        public string? Move { get; init; }

        /// <summary>When members are told if nobody else has.</summary>
        public DateTimeOffset? DriveAt { get; init; }
    }

    /// <summary>The members' own sessions are put right too.</summary>
    public sealed record MoveEnded(long Visit, string Move) : CarParkFact;
}

/// <summary>The body of a car park's entry.</summary>
/// <param name="V">The format's version: 1.</param>
/// <param name="Lot">The lot's code.</param>
public sealed record CarParkBody(int V, string Lot, ImmutableArray<CarParkFact> Facts) : IStoredBody
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CarParkJson.Default.CarParkBody);

    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static CarParkBody Parse(ReadOnlyMemory<byte> json) =>
        StoredBody.Read(json, CarParkJson.Default.CarParkBody, "A car park's");
}

/// <summary>A car park's state in a snapshot.</summary>
public sealed record CarParkSnapshot(
    long Next, ImmutableArray<ParkingVisit> Visits, ImmutableArray<CarParkFact.Listed> Listed)
{
    /// <summary>As <see cref="CarParkState.Moves"/>.</summary>
    public ImmutableArray<CarParkFact.Moved> Moves { get => field.IsDefault ? [] : field; init; } = [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CarParkBody))]
[JsonSerializable(typeof(CarParkSnapshot))]
internal sealed partial class CarParkJson : JsonSerializerContext;
