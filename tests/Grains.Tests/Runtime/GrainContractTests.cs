namespace MallVip.Grains.Tests.Runtime;

/// <summary>What grains may rely on, whichever runtime hosts them. A subclass brings the runtime.</summary>
public abstract class GrainContractTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected abstract IGrainFactory Grains { get; }

    private protected abstract ProbeLog Log { get; }

    [Fact]
    public async Task A_grain_knows_its_key()
    {
        Assert.Equal("k1", await Probe("k1").WhoAmI());
        Assert.Equal("k1", Probe("k1").GetPrimaryKeyString());
    }

    [Fact]
    public async Task Parallel_writes_that_await_half_way_lose_no_update()
    {
        var calls = Enumerable.Range(0, 500).Select(_ => Probe("writes").Increment());
        var answers = await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(1, 500), answers.Order());
        Assert.Equal(500, await Probe("writes").Count());
    }

    [Fact]
    public async Task A_grain_is_activated_once_for_calls_that_arrive_together()
    {
        var hold = Log.SlowActivation("once");
        var calls = Enumerable.Range(0, 50).Select(_ => Probe("once").Increment()).ToArray();
        hold.Open();
        await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(1, Log.Activations("once"));
    }

    [Fact]
    public async Task A_plain_call_waits_until_the_one_before_has_ended()
    {
        var (first, second) = (new Hold(), Hold.Opened());
        var held = Probe("turns").Wait(first);
        await first.Entered;
        var waiting = Probe("turns").Wait(second);
        await Probe("turns").Touch();
        Assert.False(second.IsEntered);
        first.Open();
        await Task.WhenAll(held, waiting).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_marked_call_runs_between_the_awaits_of_a_plain_one()
    {
        var hold = new Hold();
        var held = Probe("interleave").Wait(hold);
        await hold.Entered;
        Assert.Equal(0, await Probe("interleave").Peek(Hold.Opened()).WaitAsync(Patience));
        Assert.False(held.IsCompleted);
        hold.Open();
        await held.WaitAsync(Patience);
    }

    [Fact]
    public async Task Read_only_calls_share_the_grain_and_a_write_waits_for_them()
    {
        var (one, two) = (new Hold(), new Hold());
        var reads = new[] { Probe("reads").Read(one), Probe("reads").Read(two) };
        await Task.WhenAll(one.Entered, two.Entered);
        var write = Probe("reads").Increment();
        await Probe("reads").Touch();
        Assert.False(write.IsCompleted);
        one.Open();
        two.Open();
        Assert.All(await Task.WhenAll(reads).WaitAsync(Patience), it => Assert.Equal(0, it));
        Assert.Equal(1, await write.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_reentrant_class_lets_every_call_interleave_and_calls_itself()
    {
        var grain = Grains.GetGrain<IReentrantGrain>("r");
        var hold = new Hold();
        var held = grain.Wait(hold);
        await hold.Entered;
        Assert.Equal(20, await grain.CallBack("r", 20).WaitAsync(Patience));
        hold.Open();
        await held.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_exception_reaches_its_caller_and_nobody_else()
    {
        var calls = Enumerable.Range(0, 30).Select(i => i % 3 == 0
            ? Assert.ThrowsAsync<FormatException>(() => Probe("throws").Throw(i % 2 == 0))
            : (Task)Probe("throws").Increment());
        await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(20, await Probe("throws").Count());
        Assert.Equal(1, Log.Activations("throws"));
    }

    [Fact]
    public async Task Grains_call_each_other()
    {
        var calls = Enumerable.Range(0, 20).Select(i => Probe($"caller{i}").CallOther("callee"));
        var sums = await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(60 * 61 / 2, sums.Sum());
    }

    [Fact]
    public async Task Awaits_come_back_to_the_turn_unless_they_say_otherwise() =>
        Assert.True(await Probe("context").ReturnsToItsTurn().WaitAsync(Patience));

    [Fact]
    public async Task A_call_to_a_grain_that_is_deactivating_goes_to_the_next_activation()
    {
        var hold = Log.SlowDeactivation("leaving");
        await Probe("leaving").Increment();
        await Probe("leaving").End();
        await hold.Entered;
        var late = Enumerable.Range(0, 10).Select(_ => Probe("leaving").Increment()).ToArray();
        Assert.DoesNotContain(late, it => it.IsCompleted);
        hold.Open();
        Assert.Equal(Enumerable.Range(2, 10), await Task.WhenAll(late).WaitAsync(Patience));
        Assert.Equal(2, Log.Activations("leaving"));
    }

    [Fact]
    public async Task No_call_is_lost_while_a_grain_ends_thousands_of_times()
    {
        var ended = 0;
        async Task Caller(int seed)
        {
            var random = new Random(seed);
            await Task.Yield().AsTask().ConfigureAwait(false);
            for (var i = 0; i < 1500; i++)
            {
                if (random.Next(3) > 0)
                    await Probe("race").Increment();
                else if (Interlocked.Increment(ref ended) > 0)
                    await Probe("race").End();
            }
        }
        await Task.WhenAll(Enumerable.Range(1, 4).Select(Caller)).WaitAsync(Patience);
        Assert.Equal((4 * 1500) - ended, await Probe("race").Count());
        Assert.True(Log.Activations("race") > 100);
    }

    [Fact]
    public async Task Callers_of_a_failing_activation_get_its_exception_and_the_next_call_tries_anew()
    {
        Log.FailActivation("broken", new FormatException("cannot load"));
        var hold = Log.SlowActivation("broken");
        var calls = Enumerable.Range(0, 5).Select(_ => Probe("broken").Increment()).ToArray();
        hold.Open();
        foreach (var call in calls)
            await Assert.ThrowsAsync<FormatException>(() => call.WaitAsync(Patience));
        Log.FailActivation("broken", null);
        Assert.Equal(1, await Probe("broken").Increment().WaitAsync(Patience));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_seeded_storm_of_calls_ends_and_faults_adds_up(int seed)
    {
        var (expected, failures) = (new int[8], 0);
        async Task Caller(Random random)
        {
            for (var i = 0; i < 400; i++)
            {
                var grain = random.Next(expected.Length);
                var probe = Probe($"storm{seed}-{grain}");
                switch (random.Next(8))
                {
                    case 0: await probe.End(); break;
                    case 1: await probe.Peek(Hold.Opened()); break;
                    case 2: await probe.Read(Hold.Opened()); break;
                    case 3: await Assert.ThrowsAsync<FormatException>(() => probe.Throw(true)); break;
                    default: await probe.Increment(); Interlocked.Increment(ref expected[grain]); break;
                }
            }
            Interlocked.Increment(ref failures);
        }
        var callers = Enumerable.Range(0, 16).Select(it => Caller(new Random((seed * 100) + it)));
        await Task.WhenAll(callers).WaitAsync(Patience);
        for (var grain = 0; grain < expected.Length; grain++)
            Assert.Equal(expected[grain], await Probe($"storm{seed}-{grain}").Count());
        Assert.Equal(16, failures);
    }

    private IProbeGrain Probe(string key) => Grains.GetGrain<IProbeGrain>(key);
}
