namespace MallVip.Grains.Tests.Runtime;

/// <summary>Grain timers under a clock that the test moves.</summary>
public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_timer_ticks_after_its_due_time_and_then_each_period_until_it_is_disposed()
    {
        using var host = new EmbeddedHost(time: _time);
        var grain = host.Runtime.GetGrain<ITickingGrain>("t");
        await grain.Start(5 * Second, Second, keepAlive: false);
        await Move(host, 4 * Second);
        Assert.Equal(0, await grain.Ticks());
        await Move(host, Second);
        Assert.Equal(1, await grain.Ticks());
        for (var i = 0; i < 5; i++)
            await Move(host, Second);
        Assert.Equal(6, await grain.Ticks());
        await grain.Stop();
        await Move(host, 5 * Second);
        Assert.Equal(6, await grain.Ticks());
    }

    [Fact]
    public async Task A_timer_that_throws_ticks_on()
    {
        using var host = new EmbeddedHost(time: _time);
        var grain = host.Runtime.GetGrain<ITickingGrain>("t");
        await grain.ThrowOnTick();
        await grain.Start(Second, Second, keepAlive: false);
        for (var i = 0; i < 3; i++)
            await Move(host, Second);
        Assert.Equal(3, await grain.Ticks());
    }

    [Fact]
    public async Task A_timer_changed_by_its_own_tick_keeps_the_change()
    {
        using var host = new EmbeddedHost(time: _time);
        var grain = host.Runtime.GetGrain<ITickingGrain>("t");
        await grain.ChangeOnTick(10 * Second, 3 * Second);
        await grain.Start(Second, Second, keepAlive: false);
        await Move(host, Second);
        await Move(host, 9 * Second);
        Assert.Equal(1, await grain.Ticks());
        await Move(host, Second);
        await Move(host, 3 * Second);
        Assert.Equal(3, await grain.Ticks());
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        using var host = new EmbeddedHost(it => it.MaxResidents = 1, _time);
        var grain = host.Runtime.GetGrain<ITickingGrain>("t");
        await grain.Start(Second, Second, keepAlive: true);
        for (var i = 0; i < 3; i++)
            await host.Probe($"m{i}").Touch();
        await Move(host, 5 * Second);
        Assert.Equal(0, await grain.Ticks());
    }

    /// <summary>Moves the clock and waits for the ticks that fell due.</summary>
    private async Task Move(EmbeddedHost host, TimeSpan by)
    {
        _time.Advance(by);
        await Eventually.True(() => host.Runtime.Snapshot().Sum(it => it.Pending) == 0);
    }
}
