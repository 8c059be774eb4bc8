using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>An Orleans silo of its own for one test.</summary>
internal sealed class OrleansHost : IAsyncDisposable
{
    private readonly IHost _host;

    private OrleansHost(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public ProbeLog Log => _host.Services.GetRequiredService<ProbeLog>();

    public IServiceProvider Services => _host.Services;

    /// <param name="time">Drives grain timers and collection; null: the system's clock does.</param>
    /// <param name="collect">When idle grains go; null: as by default.</param>
    public static async Task<OrleansHost> StartAsync(
        TimeProvider? time = null, Action<GrainCollectionOptions>? collect = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<ProbeLog>();
        builder.AddClusterOfOne();
        foreach (var area in new[] { TimeProviderNames.Grains, TimeProviderNames.ActivationManagement })
            builder.Services.AddKeyedSingleton(area, time ?? TimeProvider.System);
        if (collect is not null)
            builder.Services.Configure(collect);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public IProbeGrain Probe(string key) => Grains.GetGrain<IProbeGrain>(key);

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
    }
}
