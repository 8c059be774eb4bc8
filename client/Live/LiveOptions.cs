namespace MallVip.Client.Live;

/// <summary>How the live feed is thinned and buffered.</summary>
public sealed record LiveOptions
{
    /// <summary>
    /// Events shown a second; the rest is only counted. Default 50. Tier changes have as many again.
    /// </summary>
    public int ItemsPerSecond { get; init; } = 50;

    /// <summary>
    /// Items that wait for one client; a client that falls further behind is dropped. Default 256.
    /// </summary>
    public int ClientBuffer { get; init; } = 256;

    /// <summary>Items kept for clients that come back with <c>Last-Event-ID</c>. Default 512.</summary>
    public int Kept { get; init; } = 512;
}
