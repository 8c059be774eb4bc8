using MallVip.Client.Keys;
using MallVip.Client.Live;
using MallVip.Grains.Admission;
using MallVip.Grains.Inbox;

namespace MallVip.Client;

/// <summary>
/// How the HTTP API behaves. The defaults suit one machine that only its own programs reach.
/// </summary>
public sealed record ApiOptions
{
    /// <summary>Who may call. Empty: only this machine may, without a key.</summary>
    public ApiKeyOptions[] ApiKeys { get; init; } = [];

    /// <summary>The largest body of one event or one command, in bytes. Default 1 MiB.</summary>
    public int MaxEventBytes { get; init; } = 1 << 20;

    /// <summary>The largest body of a batch, in bytes. Default 8 MiB.</summary>
    public int MaxBatchBytes { get; init; } = 8 << 20;

    /// <summary>The longest line of a stream, in bytes without its end. Default 64 KiB.</summary>
    public int MaxLineBytes { get; init; } = 64 << 10;

    /// <summary>How many lines of a stream may be unanswered. Default 4,096.</summary>
    public int StreamWindow { get; init; } = 4096;

    /// <summary>How many bytes of unanswered lines a stream may hold. Default 4 MiB.</summary>
    public long StreamWindowBytes { get; init; } = 4 << 20;

    /// <summary>A client that takes none of its answers for this long is cut. Default 30 s.</summary>
    public TimeSpan UnreadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many calls run and wait at once, fairly among tills. Streams have their own bounds.
    /// </summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>
    /// Streams (NDJSON uploads and live feeds) open at once, each kind by itself. Default 256; more: 503.
    /// </summary>
    public int MaxStreams { get; init; } = 256;

    /// <summary>Streams of one caller, each kind by itself. Default 64; more: 429.</summary>
    public int MaxStreamsPerCaller { get; init; } = 64;

    /// <summary>How many events may wait that are sent with <c>Prefer: respond-async</c>.</summary>
    public InboxOptions Inbox { get; init; } = new();

    /// <summary>How the live feed is thinned and buffered.</summary>
    public LiveOptions Live { get; init; } = new();
}
