using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Orleans;

/// <summary>
/// Hears that the silo cannot go on: the others have declared it dead, or its own machinery failed. Orleans
/// would end the process on the spot, with a dump; the host ends it with a sentence.
/// </summary>
public sealed partial class SiloEnd(ILogger<SiloEnd> log) : IFatalErrorHandler
{
    private readonly TaskCompletionSource<string> _reason =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why; completes when the silo must end.</summary>
    public Task<string> Reason => _reason.Task;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        Ended(log, context, exception);
        _reason.TrySetResult(context ?? exception?.Message ?? "unknown");
    }

    [LoggerMessage(1, LogLevel.Critical, "The silo cannot go on: {Context}")]
    private static partial void Ended(ILogger log, string? context, Exception? failure);
}
