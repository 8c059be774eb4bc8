using Microsoft.Extensions.Hosting;

namespace MallVip.Client.Live;

/// <summary>Sends the counters of the live feed every second.</summary>
internal sealed class LiveTicker(LiveHub hub, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            hub.Tick();
    }
}
