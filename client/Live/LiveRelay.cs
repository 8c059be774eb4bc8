using MallVip.Grains.Feed;
using MallVip.Grains.Journal;
using Microsoft.Extensions.Hosting;

namespace MallVip.Client.Live;

/// <summary>
/// Brings the engine's feed to the hub while anybody watches (reading every entry costs something), and sends
/// the counters every second.
/// </summary>
internal sealed class LiveRelay(
    LiveHub hub, TimeProvider time, LiveFeed? feed = null, IJournal? journal = null)
    : BackgroundService
{
    private LiveFeed.Watch? _watch;
    private Task _pump = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FollowWatchersAsync();
                hub.Tick(journal?.Commits.Pos);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await CloseAsync();
        }
    }

    private async Task FollowWatchersAsync()
    {
        if (hub.Clients == 0)
            await CloseAsync();
        else if (_watch is null && feed is not null)
        {
            _watch = feed.Open();
            _pump = PumpAsync(_watch);
        }
    }

    private async Task PumpAsync(LiveFeed.Watch watch)
    {
        await foreach (var item in watch.Items.ReadAllAsync())
            hub.Publish(item.Pos, item.Member, item.At, item.Body);
    }

    private async Task CloseAsync()
    {
        _watch?.Dispose();
        _watch = null;
        await _pump;
    }
}
