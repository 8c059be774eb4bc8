namespace MallVip.Grains.Inbox;

/// <summary>Bounds of the inbox.</summary>
public sealed record InboxOptions
{
    /// <summary>Most events waiting in the store; beyond it events are refused as <c>inbox_full</c>. Default
    /// 1,000,000.</summary>
    public int MaxWaiting { get; init; } = 1_000_000;

    /// <summary>The largest event that may wait, in bytes; a larger one is decided at once. Default 64
    /// KiB.</summary>
    public int MaxEventBytes { get; init; } = 64 << 10;

    /// <summary>Most bytes of events on their way into the store, in memory. Default 64 MiB.</summary>
    public long MaxUnwrittenBytes { get; init; } = 64L << 20;

    /// <summary>Most events being delivered, in memory. Default 1,024.</summary>
    public int Window { get; init; } = 1_024;

    /// <summary>How long a refusal is remembered, and how long an event that cannot be handled is kept.
    /// Default 7 days.</summary>
    public TimeSpan Remember { get; init; } = TimeSpan.FromDays(7);
}
