using MallVip.Grains.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MallVip.Silo.Serve;

/// <summary>
/// Moves old entries of a journal in PostgreSQL into its archive, a few at a time so that the batches of
/// events hardly notice. Silos that share the journal take turns; what fails is tried again.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="age">How long entries have been settled before they move.</param>
/// <param name="time">Measures the pauses.</param>
/// <param name="log">Told of failures.</param>
internal sealed partial class ArchiveWork(
    PostgresJournal journal, TimeSpan age, TimeProvider time, ILogger<ArchiveWork> log) : BackgroundService
{
    /// <summary>How many entries move in one transaction.</summary>
    public const int Most = 1_000;

    /// <summary>How long it waits while there is more.</summary>
    public static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it waits when nothing is old enough, or another silo is at it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
            await Task.Delay(await MoveAsync(stoppingToken) ? Breath : Pause, time, stoppingToken);
    }

    private async Task<bool> MoveAsync(CancellationToken stop)
    {
        try
        {
            return await journal.ArchiveAsync(age, Most, stop) == Most;
        }
        catch (JournalUnreachableException failure)
        {
            NotMoved(log, failure.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Nothing was archived, which loses nothing; trying again: {Reason}")]
    private static partial void NotMoved(ILogger log, string reason);
}
