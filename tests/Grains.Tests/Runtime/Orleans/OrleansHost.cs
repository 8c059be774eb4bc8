using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>An Orleans silo of its own for one test.</summary>
internal sealed class OrleansHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ManualTime? _time;

    private OrleansHost(IHost host, ManualTime? time) => (_host, _time) = (host, time);

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public ProbeLog Log => _host.Services.GetRequiredService<ProbeLog>();

    public IServiceProvider Services => _host.Services;

    public static async Task<OrleansHost> StartAsync(
        ManualTime? time = null, Action<GrainCollectionOptions>? collect = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<ProbeLog>();
        builder.AddClusterOfOne(time);
        if (collect is not null)
            builder.Services.Configure(collect);
        var host = builder.Build();
        await host.StartAsync();
        return new(host, time);
    }

    public IProbeGrain Probe(string key) => Grains.GetGrain<IProbeGrain>(key);

    /// <summary>Stops in good order. Orleans takes its time for that, so its clock must go on.</summary>
    public async Task StopAsync()
    {
        var stop = _host.StopAsync();
        if (_time is not null)
            await Eventually.True(() =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return stop.IsCompleted;
            });
        await stop;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
    }
}
