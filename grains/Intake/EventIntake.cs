namespace MallVip.Grains.Intake;

/// <summary>
/// The way in for events, whatever the channel: parses CloudEvents, finds the member, hands the event over, and
/// answers when it is durable.
/// </summary>
public sealed class EventIntake
{
    /// <summary>One CloudEvent in JSON, UTF-8. Never throws for what it contains.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the event may be recorded all the same.</exception>
    public Task<EventAnswer> AcceptAsync(
        ReadOnlyMemory<byte> cloudEvent, IntakeOptions options, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{cloudEvent.Length}{options}{cancellation}");

    /// <summary>
    /// Many CloudEvents, one JSON each (a batch's elements, the lines of a stream). One answer per line, in their
    /// order, while more lines come. One member's lines are decided in their order; at most
    /// <see cref="IntakeOptions.Window"/> lines are under way, so that a slow reader slows the upload.
    /// </summary>
    public IAsyncEnumerable<EventAnswer> AcceptAllAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> cloudEvents, IntakeOptions options, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{cloudEvents}{options}{cancellation}");
}
