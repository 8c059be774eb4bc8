using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>An embedded runtime of its own for one test.</summary>
internal sealed class EmbeddedHost : IDisposable
{
    private readonly ServiceProvider _services;

    public EmbeddedHost(Action<EmbeddedGrainOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddSingleton<ProbeLog>();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddEmbeddedGrains(configure ?? (_ => { }), typeof(EmbeddedHost).Assembly);
        _services = services.BuildServiceProvider();
    }

    public GrainRuntime Runtime => _services.GetRequiredService<GrainRuntime>();

    public ProbeLog Log => _services.GetRequiredService<ProbeLog>();

    public GrainTypeSnapshot Probes => Runtime.Snapshot().Single(it => it.Name == nameof(ProbeGrain));

    public IProbeGrain Probe(string key) => Runtime.GetGrain<IProbeGrain>(key);

    public void Dispose() => _services.Dispose();
}

/// <summary>What the embedded runtime makes of time.</summary>
public sealed class EmbeddedClockContractTests : ClockContractTests, IDisposable
{
    private readonly EmbeddedHost _host;

    public EmbeddedClockContractTests() => _host = new(time: Time);

    private protected override IGrainFactory Grains => _host.Runtime;

    public void Dispose() => _host.Dispose();
}

/// <summary>The grain contract on the embedded runtime.</summary>
public sealed class EmbeddedGrainContractTests : GrainContractTests, IDisposable
{
    private readonly EmbeddedHost _host = new();

    private protected override IGrainFactory Grains => _host.Runtime;

    private protected override ProbeLog Log => _host.Log;

    public void Dispose() => _host.Dispose();
}
