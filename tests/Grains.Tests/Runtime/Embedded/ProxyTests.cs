using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>What the runtime makes of a contract.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Every_shape_of_call_crosses_with_its_arguments()
    {
        using var host = new EmbeddedHost();
        var grain = host.Runtime.GetGrain<IShapesGrain>("s");
        Assert.Equal("1 two 3.5 True 5 six", await grain.Join(1, "two", 3.5m, true, 5L, new Shape("six")));
        Assert.Equal("base", await grain.Inherited());
        Assert.Equal(new Shape("x"), await grain.Echo(new Shape("x")));
        Assert.Equal("text", await grain.Overloaded("text"));
        Assert.Equal("7", await grain.Overloaded(7));
        await grain.Nothing();
        Assert.Equal("s", await grain.Self());
    }

    [Fact]
    public void A_key_is_wanted_and_so_is_a_class()
    {
        using var host = new EmbeddedHost();
        Assert.Throws<ArgumentException>(() => host.Runtime.GetGrain<IShapesGrain>(""));
        Assert.Throws<InvalidOperationException>(() => host.Runtime.GetGrain<INobodyGrain>("x"));
    }

    [Fact]
    public async Task A_host_stops_the_runtime()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMetrics().AddSingleton<ProbeLog>()
            .AddEmbeddedGrains(_ => { }, typeof(ProxyTests).Assembly);
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>("h").Increment();
        await host.StopAsync();
        Assert.Equal(1, host.Services.GetRequiredService<ProbeLog>().SavedCount("h"));
    }

    [Fact]
    public void A_grain_made_by_hand_says_what_it_lacks() =>
        Assert.Throws<InvalidOperationException>(() => new ShapesGrain().GetPrimaryKeyString());
}

internal sealed record Shape(string Name);

internal interface IBaseGrain : IGrainWithStringKey
{
    Task<string> Inherited();
}

internal interface IShapesGrain : IBaseGrain
{
    Task<string> Join(int a, string b, decimal c, bool d, long? e, Shape f);
    ValueTask<Shape> Echo(Shape shape);
    ValueTask Nothing();
    Task<string> Overloaded(string text);
    Task<string> Overloaded(int number);
    Task<string> Self();
}

internal interface INobodyGrain : IGrainWithStringKey
{
    Task Nothing();
}

internal sealed class ShapesGrain : Grain, IShapesGrain
{
    public Task<string> Inherited() => Task.FromResult("base");

    public Task<string> Join(int a, string b, decimal c, bool d, long? e, Shape f) =>
        Task.FromResult(FormattableString.Invariant($"{a} {b} {c} {d} {e} {f.Name}"));

    public ValueTask<Shape> Echo(Shape shape) => ValueTask.FromResult(shape);

    public ValueTask Nothing() => ValueTask.CompletedTask;

    public Task<string> Overloaded(string text) => Task.FromResult(text);

    public Task<string> Overloaded(int number) => Task.FromResult(FormattableString.Invariant($"{number}"));

    public Task<string> Self() => Task.FromResult(this.AsReference<IShapesGrain>().GetPrimaryKeyString());
}
