using MallVip.Grains.Intake;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>How a silo ends on Orleans.</summary>
public sealed class OrleansStopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_stop_lets_running_calls_finish_and_deactivates_all()
    {
        await using var host = await OrleansHost.StartAsync();
        var hold = new Hold();
        var held = host.Probe("a").Wait(hold);
        await hold.Entered;
        await host.Probe("b").Increment();
        var stop = host.StopAsync();
        await Eventually.True(() => host.Log.Deactivations.Any(it => it.Key == "b"));
        Assert.False(stop.IsCompleted);
        hold.Open();
        await stop.WaitAsync(Patience);
        await held.WaitAsync(Patience);
        Assert.Equal(["a", "b"], host.Log.Deactivations.Select(it => it.Key).Order());
        Assert.Equal(1, host.Log.SavedCount("b"));
    }

    [Fact]
    public async Task A_call_to_a_stopping_silo_fails_as_passing()
    {
        await using var host = await OrleansHost.StartAsync();
        var hold = new Hold();
        var held = host.Probe("a").Wait(hold);
        await hold.Entered;
        await host.Probe("b").Increment();
        var stop = host.StopAsync();
        await Eventually.True(() => host.Log.Deactivations.Any(it => it.Key == "b"));
        var late = await Record.ExceptionAsync(() => host.Probe("c").Increment().WaitAsync(Patience));
        hold.Open();
        await Task.WhenAll(stop, held).WaitAsync(Patience);
        Assert.NotNull(late);
        Assert.True(RuntimeFailures.IsStopping(late) && Unavailable.Is(late), late.ToString());
    }
}
