using MallVip.Grains.Admission;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>How it ends.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_stop_lets_accepted_calls_finish_deactivates_all_and_refuses_new_calls()
    {
        using var host = new EmbeddedHost();
        var hold = new Hold();
        var held = host.Probe("a").Wait(hold);
        await hold.Entered;
        var queued = Enumerable.Range(0, 100).Select(_ => host.Probe("a").Increment()).ToArray();
        await host.Probe("b").Increment();
        var stop = host.Runtime.StopAsync(CancellationToken.None);
        await Assert.ThrowsAsync<GrainRuntimeStoppingException>(() => host.Probe("a").Increment());
        Assert.False(stop.IsCompleted);
        hold.Open();
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
        await held;
        Assert.Equal(Enumerable.Range(1, 100), await Task.WhenAll(queued));
        Assert.Equal((100, 1), (host.Log.SavedCount("a"), host.Log.SavedCount("b")));
        Assert.Equal(["a", "b"], host.Log.Deactivations.Select(it => it.Key).Order());
        var reasons = host.Log.Deactivations.Select(it => it.Reason).Distinct();
        Assert.Equal([DeactivationReasonCode.ShuttingDown], reasons);
        Assert.Equal(0, host.Runtime.Snapshot().Sum(it => it.Residents));
    }

    [Fact]
    public async Task A_grain_may_call_others_while_the_runtime_drains()
    {
        using var host = new EmbeddedHost();
        var hold = new Hold();
        var circle = host.Probe("first").Wait(hold);
        await hold.Entered;
        var onward = host.Probe("first").CallOther("second");
        var stop = host.Runtime.StopAsync(CancellationToken.None);
        hold.Open();
        await Task.WhenAll(circle, stop).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(6, await onward);
        Assert.Equal(3, host.Log.SavedCount("second"));
    }

    [Fact]
    public async Task A_stop_whose_time_runs_out_answers_those_who_still_wait()
    {
        using var host = new EmbeddedHost();
        using var impatient = new CancellationTokenSource();
        var hold = new Hold();
        var held = host.Probe("stuck").Wait(hold);
        await hold.Entered;
        var queued = host.Probe("stuck").Increment();
        var stop = host.Runtime.StopAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
        await Assert.ThrowsAsync<GrainRuntimeStoppingException>(() => held);
        await Assert.ThrowsAsync<GrainRuntimeStoppingException>(() => queued);
    }

    [Fact]
    public async Task An_idle_runtime_stops_at_once()
    {
        using var host = new EmbeddedHost();
        await host.Runtime.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        await host.Runtime.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
