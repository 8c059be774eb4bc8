namespace MallVip.Grains.Tests.Runtime;

/// <summary>Who stays in memory, and for how long.</summary>
public sealed class ResidencyTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Residents_stay_under_their_cap_and_what_left_is_saved_and_comes_back()
    {
        using var host = new EmbeddedHost(it => it.MaxResidents = 50);
        for (var round = 1; round <= 3; round++)
        {
            for (var i = 0; i < 500; i++)
            {
                Assert.Equal(round, await host.Probe($"m{i}").Increment());
                Assert.InRange(host.Runtime.Snapshot().Sum(it => it.Residents), 1, 55);
            }
        }
        var reasons = host.Log.Deactivations.Select(it => it.Reason).Distinct();
        Assert.Equal([DeactivationReasonCode.HighMemoryPressure], reasons);
    }

    [Fact]
    public async Task A_grain_in_use_is_spared_when_room_is_made()
    {
        using var host = new EmbeddedHost(it => it.MaxResidents = 20);
        for (var i = 0; i < 1000; i++)
        {
            await host.Probe("popular").Touch();
            await host.Probe($"m{i}").Touch();
        }
        Assert.InRange(host.Log.Activations("popular"), 1, 20);
    }

    [Fact]
    public async Task A_busy_grain_is_never_evicted()
    {
        using var host = new EmbeddedHost(it => it.MaxResidents = 5);
        var hold = new Hold();
        var held = host.Probe("busy").Wait(hold);
        await hold.Entered;
        for (var i = 0; i < 100; i++)
            await host.Probe($"m{i}").Increment();
        Assert.DoesNotContain(host.Log.Deactivations, it => it.Key == "busy");
        hold.Open();
        await held;
        Assert.Equal(1, host.Log.Activations("busy"));
    }

    [Fact]
    public async Task A_grain_that_asked_to_stay_is_spared_until_its_time_is_over()
    {
        var time = new ManualTime();
        using var host = new EmbeddedHost(it => it.MaxResidents = 2, time);
        await host.Probe("kept").Keep(Age);
        await Crowd();
        Assert.DoesNotContain(host.Log.Deactivations, it => it.Key == "kept");
        time.Advance(Age);
        await Crowd();
        Assert.Contains(host.Log.Deactivations, it => it.Key == "kept");

        async Task Crowd()
        {
            for (var i = 0; i < 50; i++)
                await host.Probe($"m{i}").Touch();
        }
    }

    [Fact]
    public async Task A_grain_unused_for_the_collection_age_is_collected_and_one_in_use_is_not()
    {
        var time = new ManualTime();
        using var host = new EmbeddedHost(it => (it.CollectionAge, it.CallTimeout) = (Age, Age), time);
        await host.Probe("idle").Increment();
        for (var i = 0; i < 4; i++)
            await UseAndAdvance();
        Assert.Empty(host.Log.Deactivations);
        while (host.Log.Deactivations.IsEmpty)
            await UseAndAdvance();
        Assert.Equal([("idle", DeactivationReasonCode.ActivationIdle)], host.Log.Deactivations);
        Assert.Equal(1, await host.Probe("idle").Count());

        async Task UseAndAdvance()
        {
            await host.Probe("used").Touch();
            await Task.Yield();
            time.Advance(Age / 4);
        }
    }

    [Fact]
    public async Task A_grain_whose_keep_alive_timer_ticks_is_not_collected()
    {
        var time = new ManualTime();
        using var host = new EmbeddedHost(it => (it.CollectionAge, it.CallTimeout) = (Age, Age), time);
        var grain = host.Runtime.GetGrain<ITickingGrain>("t");
        await grain.Start(Age / 10, Age / 10, keepAlive: true);
        for (var i = 1; i <= 40; i++)
        {
            time.Advance(Age / 10);
            await Eventually.True(() => host.Runtime.Snapshot().Sum(it => it.Pending) == 0);
        }
        Assert.Equal(40, await grain.Ticks());
    }
}
