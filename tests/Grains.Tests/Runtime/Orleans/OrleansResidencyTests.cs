namespace MallVip.Grains.Tests.Runtime;

/// <summary>
/// Who stays in memory on Orleans. It measures idleness by the machine's own ticks, which no test can move.
/// </summary>
public sealed class OrleansResidencyTests
{
    [Fact]
    public async Task A_grain_unused_for_the_collection_age_is_collected_and_one_in_use_is_not()
    {
        await using var host = await OrleansHost.StartAsync(collect: it =>
            (it.CollectionAge, it.CollectionQuantum) = (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1)));
        await host.Probe("idle").Increment();
        await Eventually.True(async () =>
        {
            await host.Probe("used").Touch();
            return !host.Log.Deactivations.IsEmpty;
        });
        Assert.Equal([("idle", DeactivationReasonCode.ActivationIdle)], host.Log.Deactivations);
        Assert.Equal(1, await host.Probe("idle").Count());
        Assert.Equal(1, host.Log.Activations("used"));
    }
}
