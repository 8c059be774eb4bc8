namespace MallVip.System.Tests.Engine;

/// <summary>How the engine in this process ends.</summary>
public sealed class EndTests
{
    [Fact]
    public async Task An_engine_that_is_closed_twice_closes_once_and_does_not_throw()
    {
        var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);

        await Task.WhenAll(host.DisposeAsync().AsTask(), host.DisposeAsync().AsTask());
        await host.DisposeAsync();

        Assert.NotEmpty(await host.Store.ReadAsync(new(Grains.Journal.GrainKind.Member, member.Value)));
    }
}
