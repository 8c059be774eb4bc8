using System.Threading.Channels;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Silo.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MallVip.Silo.Serve;

/// <summary>
/// Notices that files of the programme's folder have changed and has them published. A change is looked at
/// when the folder has been quiet for a moment, since editors save by halves and by renaming; a slow poll
/// finds what the operating system did not tell (network drives do not).
/// </summary>
public sealed partial class FolderWatch(
    ServeOptions options, FolderPublisher publisher, TimeProvider time, ILogger<FolderWatch> log)
    : BackgroundService
{
    /// <summary>How long the folder must be quiet.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>A folder that is never quiet is looked at after this all the same.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How often it is looked at in any case.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private FolderStamp _seen = FolderStamp.None;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the silo listens: the first event is decided by what the folder says.
        await LookAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var watcher = Watch();
        try
        {
            while (true)
            {
                await ChangedAsync(Poll, stoppingToken);
                if (!MayHaveChanged())
                    continue;
                await CalmAsync(stoppingToken);
                await LookAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>Waits until nothing has changed for a moment, but not for ever.</summary>
    private async Task CalmAsync(CancellationToken stop)
    {
        var began = time.GetTimestamp();
        while (await ChangedAsync(Quiet, stop) && time.GetElapsedTime(began) < Patience)
            continue;
    }

    /// <summary>False: nothing was told within the time.</summary>
    private async Task<bool> ChangedAsync(TimeSpan within, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await _changes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A folder that cannot be read at present is looked at, which says so: a lack of handles or of
    /// permission is no reason for the silo to end.</summary>
    private bool MayHaveChanged()
    {
        try
        {
            return FolderStamp.Of(options.Rules) != _seen;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>What cannot be read or recorded now is tried again at the next poll.</summary>
    private async Task LookAsync()
    {
        try
        {
            var stamp = FolderStamp.Of(options.Rules);
            await publisher.LookAsync(ProgrammeFolder.Files(options.Rules));
            _seen = stamp;
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or JournalException
            || Unavailable.Is(failure))
        {
            NotLooked(log, options.Rules, failure.Message);
        }
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(options.Rules) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Created += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Error += (_, _) => _changes.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException)
        {
            NotWatched(log, options.Rules, failure.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The folder {Folder} cannot be read now: {Reason}")]
    private static partial void NotLooked(ILogger log, string folder, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The folder {Folder} is not watched, only polled: {Reason}")]
    private static partial void NotWatched(ILogger log, string folder, string reason);
}
