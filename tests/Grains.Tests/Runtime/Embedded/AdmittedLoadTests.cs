using MallVip.Grains.Admission;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>An admission gate before the embedded runtime.</summary>
public sealed class AdmittedLoadTests
{
    private readonly AdmissionGate _gate = new(new AdmissionOptions
    {
        MaxInFlight = 4,
        MaxInFlightPerCaller = 3,
        MaxWaiting = 10,
        MaxWaitingPerCaller = 8,
    });

    [Fact]
    public async Task Twice_the_sustainable_load_keeps_every_queue_within_its_bound_and_shares_evenly()
    {
        using var host = new EmbeddedHost();
        var (served, refused) = (new int[5], 0);
        async Task Caller(int caller, int requests)
        {
            var open = new List<Task>();
            for (var i = 0; i < requests; i++)
            {
                open.Add(One(caller, i));
                Assert.InRange(_gate.Waiting, 0, 10);
                Assert.InRange(host.Probes.Pending, 0, 4);
                if (i % 8 == 0)
                    await Task.Yield();
            }
            await Task.WhenAll(open).WaitAsync(TimeSpan.FromSeconds(30));
        }
        async Task One(int caller, int number)
        {
            try
            {
                using var lease = await _gate.EnterAsync($"c{caller}", CancellationToken.None);
                await host.Probe($"p{number % 3}").Increment();
                Interlocked.Increment(ref served[caller]);
            }
            catch (GrainOverloadedException)
            {
                Interlocked.Increment(ref refused);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, 5).Select(it => Caller(it, it == 0 ? 4000 : 400)));
        Assert.True(refused > 0);
        Assert.Equal(5600, served.Sum() + refused);
        Assert.Equal((0, 0), (_gate.InFlight, _gate.Waiting));
    }
}
