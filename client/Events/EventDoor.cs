using MallVip.Grains.Intake;

namespace MallVip.Client.Events;

/// <summary>See <see cref="EventIntake.AcceptAsync"/>.</summary>
public delegate Task<EventAnswer> AcceptOne(
    ReadOnlyMemory<byte> cloudEvent, IntakeOptions options, CancellationToken cancellation);

/// <summary>See <see cref="EventIntake.AcceptAllAsync"/>.</summary>
public delegate IAsyncEnumerable<EventAnswer> AcceptMany(
    IAsyncEnumerable<ReadOnlyMemory<byte>> cloudEvents, IntakeOptions options,
    CancellationToken cancellation);

/// <summary>Where the endpoints hand events over: to the <see cref="EventIntake"/>, or to a test.</summary>
public sealed record EventDoor(AcceptOne One, AcceptMany Many);
