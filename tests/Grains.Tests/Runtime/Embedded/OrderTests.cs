using System.Collections.Concurrent;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>What only the embedded runtime promises: one caller's calls begin in the order made.</summary>
public sealed class OrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_callers_calls_arrive_in_order_over_activations_that_come_and_go(int seed)
    {
        using var host = new EmbeddedHost(it => it.MaxResidents = 3);
        var random = new Random(seed);
        var (calls, sent) = (new List<Task>(), new int[6]);
        for (var i = 0; i < 6000; i++)
        {
            var grain = random.Next(sent.Length);
            var orders = host.Runtime.GetGrain<IOrderGrain>($"o{grain}");
            calls.Add(random.Next(4) == 0 ? orders.TakeAndEnd(sent[grain]++) : orders.Take(sent[grain]++));
            if (random.Next(20) == 0)
                await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(30));
        }
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(30));
        for (var grain = 0; grain < sent.Length; grain++)
            Assert.Equal(Enumerable.Range(0, sent[grain]), OrderGrain.Seen(host.Log, $"o{grain}"));
        var seen = host.Runtime.Snapshot().Single(it => it.Name == nameof(OrderGrain));
        Assert.InRange(seen.Activations, 100, 6000);
    }

    [Fact]
    public async Task A_marked_call_does_not_overtake_a_plain_one_that_may_start()
    {
        using var host = new EmbeddedHost();
        await host.Runtime.GetGrain<IOrderGrain>("o").TakeBoth(7, 8).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([7, 8], OrderGrain.Seen(host.Log, "o"));
    }
}

internal interface IOrderGrain : IGrainWithStringKey
{
    Task Take(int number);
    Task TakeAndEnd(int number);
    [AlwaysInterleave] Task Mark(int number);
    [AlwaysInterleave] Task TakeBoth(int plain, int marked);
}

/// <summary>Leaves slowly, so that calls pile up behind its end.</summary>
internal sealed class OrderGrain(ProbeLog log) : Grain, IOrderGrain
{
    private static readonly ConcurrentDictionary<(ProbeLog, string), ConcurrentQueue<int>> Taken = new();

    public static IEnumerable<int> Seen(ProbeLog log, string key) => Taken[(log, key)];

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => await Task.Yield();

    public override async Task OnDeactivateAsync(
        DeactivationReason reason, CancellationToken cancellationToken) => await Task.Yield();

    public async Task Take(int number)
    {
        Taken.GetOrAdd((log, this.GetPrimaryKeyString()), _ => new()).Enqueue(number);
        if (number % 3 == 0)
            await Task.Yield();
    }

    public Task Mark(int number) => Take(number);

    public Task TakeBoth(int plain, int marked)
    {
        var self = this.AsReference<IOrderGrain>();
        return Task.WhenAll(self.Take(plain), self.Mark(marked));
    }

    public Task TakeAndEnd(int number)
    {
        DeactivateOnIdle();
        return Take(number);
    }
}
