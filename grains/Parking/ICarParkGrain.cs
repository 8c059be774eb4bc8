using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Rules.Parking;

namespace MallVip.Grains.Parking;

/// <summary>
/// A car park: who is in, who left, what was paid. One grain per lot with a tariff; the key is 32 hex digits,
/// a hash of the lot's code. Plates are handles. Each step is decided and enqueued in one breath.
/// </summary>
public interface ICarParkGrain : IGrainWithStringKey
{
    /// <summary>Records an entry or exit, once; durable when it answers.</summary>
    /// <returns>What became of it: <c>entry</c>, <c>exit</c>, <c>exit-missing</c> (the entry closed another
    /// visit, or came behind it), or for an exit that is only listed <c>late</c>, <c>before-entry</c> or
    /// <c>unmatched</c>; null: it was recorded before, or its key is used.</returns>
    [AlwaysInterleave]
    Task<string?> Record(GateEvent happened);

    /// <summary>What is durable.</summary>
    [AlwaysInterleave]
    Task<CarParkView> Read();

    /// <summary>The visit of a plate that is open, else the newest that left unpaid, else the newest that is
    /// remembered; null: none.</summary>
    [AlwaysInterleave]
    Task<ParkingVisit?> Find(string plate);

    /// <summary>Pays for a visit: durable with the member and here when it answers.</summary>
    [AlwaysInterleave]
    Task<ParkingAnswer> Pay(PayOrder order);

    /// <summary>What an operator does to a visit.</summary>
    [AlwaysInterleave]
    Task<ParkingAnswer> Change(VisitOrder order);

    /// <summary>Ends payments of which whoever began them has not been heard any more.</summary>
    [AlwaysInterleave]
    Task Poke();
}

/// <summary>An entry or exit at a gate.</summary>
[GenerateSerializer, Immutable]
public sealed record GateEvent
{
    /// <summary>The lot's code.</summary>
    [Id(0)]
    public required string Lot { get; init; }

    /// <summary>Of the event; the car park's own key is made of it.</summary>
    [Id(1)]
    public required EventKey Key { get; init; }

    /// <summary>Keyed hash of the event's content.</summary>
    [Id(2)]
    public required UInt128 Content { get; init; }

    [Id(3)]
    public required bool IsEntry { get; init; }

    /// <summary>The handle.</summary>
    [Id(4)]
    public required string Plate { get; init; }

    [Id(5)]
    public string? Session { get; init; }

    [Id(6)]
    public string? Vehicle { get; init; }

    [Id(7)]
    public required DateTimeOffset At { get; init; }

    [Id(8)]
    public required string Actor { get; init; }

    /// <summary>The run's clock; null: the silo's.</summary>
    [Id(9)]
    public DateTimeOffset? RunClock { get; init; }

    /// <summary>As <see cref="Members.MemberRequest.RulesVersion"/>.</summary>
    [Id(10)]
    public string? RulesVersion { get; init; }
}

/// <summary>A payment on its way.</summary>
/// <param name="Visit">Its number.</param>
/// <param name="Version">The visit's when the payment was worked out; another one is refused.</param>
/// <param name="Key">The key of the call; it is remembered for ever.</param>
/// <param name="Content">Keyed hash of the call.</param>
[GenerateSerializer, Immutable]
public sealed record PayOrder(
    [property: Id(0)] string Lot, [property: Id(1)] long Visit, [property: Id(2)] int Version,
    [property: Id(3)] VisitPayment Payment, [property: Id(4)] EventKey Key,
    [property: Id(5)] UInt128 Content, [property: Id(6)] string Actor);

/// <summary>A grant or a correction.</summary>
/// <param name="Minutes">Given free; 0: none.</param>
/// <param name="Plate">The handle of the plate that the visit moves to; null: it stays.</param>
[GenerateSerializer, Immutable]
public sealed record VisitOrder(
    [property: Id(0)] string Lot, [property: Id(1)] long Visit, [property: Id(2)] int Minutes,
    [property: Id(3)] string? Plate, [property: Id(4)] string Reason, [property: Id(5)] EventKey Key,
    [property: Id(6)] UInt128 Content, [property: Id(7)] string Actor,
    [property: Id(8)] ImmutableArray<PersonRow> Persons);

/// <param name="Status">What became of it.</param>
/// <param name="Visit">As it stands now; null: there is no such visit (any more).</param>
/// <param name="Code">With <see cref="ParkingStatus.Refused"/>: the member's code.</param>
/// <param name="Detail">One sentence in English, beside the code.</param>
[GenerateSerializer, Immutable]
public sealed record ParkingAnswer(
    [property: Id(0)] ParkingStatus Status, [property: Id(1)] ParkingVisit? Visit,
    [property: Id(2)] string? Code = null, [property: Id(3)] string? Detail = null);

public enum ParkingStatus
{
    Done,
    /// <summary>It was done before, under the same key.</summary>
    Duplicate,
    /// <summary>The key was used for something else.</summary>
    KeyReused,
    NoSuchVisit,
    /// <summary>The visit has changed since the payment was worked out, or another payment is under way.
    /// </summary>
    Changed,
    /// <summary>The payment outside counts already.</summary>
    PaymentKnown,
    /// <summary>The other plate is inside already.</summary>
    PlateInside,
    /// <summary>The member refuses what was to be used.</summary>
    Refused,
}

/// <param name="Open">Cars inside.</param>
/// <param name="Unpaid">Visits that left and are not paid, the oldest first.</param>
/// <param name="Recent">Visits that ended lately, the newest first.</param>
/// <param name="Listed">Exits that ended no visit, the newest first.</param>
[GenerateSerializer, Immutable]
public sealed record CarParkView(
    [property: Id(0)] int Open, [property: Id(1)] ImmutableArray<ParkingVisit> Unpaid,
    [property: Id(2)] ImmutableArray<ParkingVisit> Recent,
    [property: Id(3)] ImmutableArray<CarParkFact.Listed> Listed);
