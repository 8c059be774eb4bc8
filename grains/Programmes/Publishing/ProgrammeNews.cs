using System.Collections.Immutable;
using MallVip.Rules.Checking;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Programmes;

/// <summary>What operators should hear of.</summary>
public enum NewsKind
{
    /// <summary>A publish was recorded; it may take effect later.</summary>
    Published,
    /// <summary>A version has taken effect.</summary>
    InForce,
    /// <summary>The files in the silo's folder were not published; the old version stays.</summary>
    Refused,
}

/// <summary>One piece of news about the programme.</summary>
/// <param name="Version">The version that it is about.</param>
/// <param name="Publication">What was recorded; null for a refusal or a switch.</param>
/// <param name="Diagnostics">Why it was refused.</param>
public sealed record ProgrammeNotice(
    NewsKind Kind, DateTimeOffset At, string Version, Publication? Publication,
    ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Passes news on to the log, the live feed and <c>/readyz</c>. Thread-safe.</summary>
public sealed partial class ProgrammeNews
{
    private readonly ILogger<ProgrammeNews> _log;
    private volatile ProgrammeNotice? _refused;

    public ProgrammeNews(ProgrammeHost host, TimeProvider time, ILogger<ProgrammeNews> log)
    {
        _log = log;
        host.Switched += (_, programme) =>
            Tell(new(NewsKind.InForce, time.GetUtcNow(), programme.Version, null, []));
    }

    /// <summary>Told of each piece of news; be quick.</summary>
    public event EventHandler<ProgrammeNotice>? Told;

    /// <summary>The refusal of the folder's files as they are now; null: they are in order.</summary>
    public ProgrammeNotice? Refused => _refused;

    /// <summary>Passes it on; a refusal stands until <see cref="Settle"/>.</summary>
    public void Tell(ProgrammeNotice notice)
    {
        if (notice.Kind == NewsKind.Refused)
            _refused = notice;
        else
            Heard(_log, notice.Kind, notice.Version[..12], notice.Publication?.Author ?? "");
        Told?.Invoke(this, notice);
    }

    /// <summary>The folder's files are in order.</summary>
    public void Settle() => _refused = null;

    [LoggerMessage(1, LogLevel.Information, "Programme {Kind}: version {Version} {Author}")]
    private static partial void Heard(ILogger log, NewsKind kind, string version, string author);
}
