namespace MallVip.Grains.Tests.Runtime;

/// <summary>
/// What grains may rely on as time passes, whichever runtime hosts them: their timers. A subclass brings the
/// runtime, on a clock that a test moves.
/// </summary>
public abstract class ClockContractTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private protected ManualTime Time { get; } = new();

    private protected abstract IGrainFactory Grains { get; }

    [Fact]
    public async Task A_timer_ticks_after_its_due_time_and_then_each_period_until_it_is_disposed()
    {
        var grain = Grains.GetGrain<ITickingGrain>("t");
        await grain.Start(5 * Second, Second, keepAlive: false);
        Time.Advance(4 * Second);
        Assert.Equal(0, await grain.Ticks());
        for (var ticks = 1; ticks <= 6; ticks++)
        {
            Time.Advance(Second);
            await Ticked(grain, ticks);
        }

        await grain.Stop();
        Time.Advance(5 * Second);
        Assert.Equal(6, await grain.Ticks());
    }

    [Fact]
    public async Task A_timer_that_throws_ticks_on()
    {
        var grain = Grains.GetGrain<ITickingGrain>("throws");
        await grain.ThrowOnTick();
        await grain.Start(Second, Second, keepAlive: false);
        for (var ticks = 1; ticks <= 3; ticks++)
        {
            Time.Advance(Second);
            await Ticked(grain, ticks);
        }
    }

    [Fact]
    public async Task A_timer_changed_by_its_own_tick_keeps_the_change()
    {
        var grain = Grains.GetGrain<ITickingGrain>("changes");
        await grain.ChangeOnTick(10 * Second, 3 * Second);
        await grain.Start(Second, Second, keepAlive: false);
        Time.Advance(Second);
        await Ticked(grain, 1);
        Time.Advance(9 * Second);
        Assert.Equal(1, await grain.Ticks());
        Time.Advance(Second);
        await Ticked(grain, 2);
        Time.Advance(3 * Second);
        await Ticked(grain, 3);
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        var grain = Grains.GetGrain<ITickingGrain>("ends");
        await grain.Start(Second, Second, keepAlive: true);
        await grain.End();
        Assert.Equal(0, await grain.Ticks());
        Time.Advance(5 * Second);
        Assert.Equal(0, await grain.Ticks());
    }

    /// <summary>
    /// A tick counts at its end, so that a moment later the timer is set for the next one.
    /// </summary>
    private static Task Ticked(ITickingGrain grain, int ticks) =>
        Eventually.True(async () => await grain.Ticks() == ticks);
}
