using MallVip.Client.Programmes;
using MallVip.Client.Runtime;
using MallVip.Grains.Feed;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using Microsoft.Extensions.Hosting;

namespace MallVip.Client.Live;

/// <summary>
/// Brings the engine's feed to the hub while anybody watches (reading every entry costs something), and sends
/// the counters every second.
/// </summary>
internal sealed class LiveRelay(
    LiveHub hub, RuntimeMeter meter, TimeProvider time, LiveFeed? feed = null, IJournal? journal = null,
    ProgrammeNews? news = null)
    : BackgroundService
{
    private readonly Lock _gate = new();
    private LiveFeed.Watch? _watch;
    private Task _pump = Task.CompletedTask;

    /// <summary>Follows the feed from now on; what a watcher who has joined is owed.</summary>
    public void Follow()
    {
        lock (_gate)
        {
            if (_watch is not null || feed is null)
                return;
            _watch = feed.Open();
            _pump = PumpAsync(_watch);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        news?.Told += Tell;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RestAsync();
                hub.Tick(journal?.Commits.Pos);
                hub.Tell(meter.Sample());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            news?.Told -= Tell;
            await CloseAsync();
        }
    }

    private void Tell(object? sender, ProgrammeNotice notice) => hub.Publish(ProgrammeBodyMaker.Of(notice));

    /// <summary>Stops following when nobody is left.</summary>
    private async Task RestAsync()
    {
        lock (_gate)
        {
            if (hub.Clients > 0)
                return;
            _watch?.Dispose();
            _watch = null;
        }

        await _pump;
    }

    private async Task PumpAsync(LiveFeed.Watch watch)
    {
        await foreach (var item in watch.Items.ReadAllAsync())
            hub.Publish(item.Pos, item.Member, item.At, item.Body);
    }

    private async Task CloseAsync()
    {
        lock (_gate)
        {
            _watch?.Dispose();
            _watch = null;
        }

        await _pump;
    }
}
