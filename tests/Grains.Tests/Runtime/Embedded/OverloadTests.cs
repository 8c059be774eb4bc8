using MallVip.Grains.Admission;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>Bounds, time-outs and counters of the embedded runtime.</summary>
public sealed class OverloadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Calls_beyond_a_grains_bound_are_refused_at_once_and_others_are_served()
    {
        var pause = TimeSpan.FromSeconds(7);
        using var host = new EmbeddedHost(it => (it.MaxPendingPerGrain, it.RetryAfter) = (10, pause));
        var hold = new Hold();
        var held = host.Probe("hot").Wait(hold);
        await hold.Entered;
        var calls = Enumerable.Range(0, 100).Select(_ => host.Probe("hot").Increment()).ToArray();
        Assert.Equal(10, host.Probes.Pending);
        foreach (var call in calls.Skip(9))
            Assert.Equal(pause, (await Assert.ThrowsAsync<GrainOverloadedException>(() => call)).RetryAfter);
        Assert.Equal(1, await host.Probe("cool").Increment());
        hold.Open();
        Assert.Equal(45, (await Task.WhenAll(calls.Take(9)).WaitAsync(Patience)).Sum());
        await held;
        Assert.Equal(0, host.Probes.Pending);
    }

    [Fact]
    public async Task Calls_from_outside_beyond_the_bound_of_all_are_refused_and_calls_of_grains_are_not()
    {
        using var host = new EmbeddedHost(it => it.MaxPending = 3);
        var hold = new Hold();
        var held = Enumerable.Range(0, 2).Select(i => host.Probe($"h{i}").Wait(hold)).ToList();
        held.Add(host.Probe("h0").CallOther("inner"));
        await Assert.ThrowsAsync<GrainOverloadedException>(() => host.Probe("free").Increment());
        hold.Open();
        await Task.WhenAll(held).WaitAsync(Patience);
        Assert.Equal(1, await host.Probe("free").Increment());
    }

    [Fact]
    public async Task Grains_that_wait_for_each_other_in_a_circle_time_out_with_their_types_and_go_on()
    {
        var time = new ManualTime();
        using var host = new EmbeddedHost(it => it.CallTimeout = TimeSpan.FromSeconds(8), time);
        var (one, two) = (new Hold(), new Hold());
        var (left, right) = (host.Probe("left-key"), host.Probe("right-key"));
        var calls = new[] { left.CallInCircle("right-key", one), right.CallInCircle("left-key", two) };
        await Task.WhenAll(one.Entered, two.Entered);
        one.Open();
        two.Open();
        await Eventually.True(() => host.Probes.Pending == 4);
        time.Advance(TimeSpan.FromSeconds(10));
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<GrainCallTimeoutException>(() => call.WaitAsync(Patience));
            Assert.Contains("to ProbeGrain.CallInCircle had", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("key", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(1, await host.Probe("left-key").Increment().WaitAsync(Patience));
        Assert.Equal(1, await host.Probe("right-key").Increment().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_call_that_timed_out_before_its_turn_is_never_run()
    {
        var time = new ManualTime();
        using var host = new EmbeddedHost(it => it.CallTimeout = TimeSpan.FromSeconds(8), time);
        var (hold, late) = (new Hold(), Hold.Opened());
        var held = host.Probe("slow").Wait(hold);
        await hold.Entered;
        var waiting = host.Probe("slow").Wait(late);
        time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<GrainCallTimeoutException>(() => waiting);
        await Assert.ThrowsAsync<GrainCallTimeoutException>(() => held);
        hold.Open();
        Assert.Equal(1, await host.Probe("slow").Increment().WaitAsync(Patience));
        Assert.False(late.IsEntered);
    }

    [Fact]
    public async Task Counters_tell_what_happened()
    {
        using var host = new EmbeddedHost();
        for (var i = 0; i < 320; i++)
            await host.Probe($"c{i % 10}").Increment();
        await Assert.ThrowsAsync<FormatException>(() => host.Probe("c0").Throw(false));
        var seen = host.Probes;
        Assert.Equal((10, 10, 321), (seen.Residents, seen.Activations, seen.Calls));
        Assert.Equal((1, 0), (seen.Failures, seen.Pending));
        Assert.InRange(seen.P99, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5));
        Assert.InRange(seen.P50, TimeSpan.FromTicks(1), seen.P99);
    }
}
