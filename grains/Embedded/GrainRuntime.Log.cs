using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Embedded;

/// <summary>What the runtime logs: grain types, never keys.</summary>
internal static partial class GrainRuntimeLog
{
    [LoggerMessage(1, LogLevel.Error, "A continuation of {Grain} threw; nobody awaits it.")]
    internal static partial void ContinuationThrew(this ILogger log, string grain, Exception error);

    [LoggerMessage(2, LogLevel.Error, "OnDeactivateAsync of {Grain} threw; the activation ended anyway.")]
    internal static partial void DeactivationThrew(this ILogger log, string grain, Exception error);

    [LoggerMessage(3, LogLevel.Error, "A timer of {Grain} threw; it goes on.")]
    internal static partial void TimerThrew(this ILogger log, string grain, Exception error);
}
