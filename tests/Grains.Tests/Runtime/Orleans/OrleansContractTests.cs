namespace MallVip.Grains.Tests.Runtime;

/// <summary>The grain contract on Orleans.</summary>
public sealed class OrleansGrainContractTests : GrainContractTests, IAsyncLifetime
{
    private OrleansHost _host = null!;

    private protected override IGrainFactory Grains => _host.Grains;

    private protected override ProbeLog Log => _host.Log;

    public async Task InitializeAsync() => _host = await OrleansHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();
}

/// <summary>What Orleans makes of time.</summary>
public sealed class OrleansClockContractTests : ClockContractTests, IAsyncLifetime
{
    private OrleansHost _host = null!;

    private protected override IGrainFactory Grains => _host.Grains;

    public async Task InitializeAsync() => _host = await OrleansHost.StartAsync(Time);

    public async Task DisposeAsync() => await _host.DisposeAsync();
}
