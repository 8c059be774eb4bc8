using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Features;
using MallVip.System.Tests.Crash;

namespace MallVip.System.Tests.Hosting;

/// <summary>What only one stack can do is refused with a sentence where it cannot.</summary>
public sealed class StackFeaturesTests
{
    [Fact]
    public void Nothing_is_on_unless_it_is_asked_for()
    {
        var features = StackFeatures.Of(new(), new(), isThere: true, isClient: false);
        Assert.Equal((InboxWay.Call, null), (features.Inbox, features.DashboardPort));
        Assert.Empty(features.Faults);
    }

    [Theory]
    [InlineData("memory", 5200, true, false)]
    [InlineData("Memory", null, true, true)]
    [InlineData("call", null, false, false)]
    [InlineData("Queue", null, true, false, "Streams:Inbox is 'Queue'; it must be one of Call, Memory")]
    [InlineData("1", null, true, false, "Streams:Inbox is '1'")]
    [InlineData("Memory", 5200, false, false, "Streams:Inbox asks", "Dashboard:Port asks")]
    [InlineData("Call", 65536, true, false, "Dashboard:Port is 65536")]
    [InlineData("Call", 5200, true, true, "not with --api-only")]
    public void What_cannot_be_is_told(
        string inbox, int? port, bool isThere, bool isClient, params string[] told)
    {
        var features = StackFeatures.Of(new() { Inbox = inbox }, new() { Port = port }, isThere, isClient);
        Assert.Equal(told.Length, features.Faults.Length);
        Assert.All(told.Zip(features.Faults),
            pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stack_without_them_refuses_to_start()
    {
        if (GrainStack.KnowsClusters)
            return;
        var (code, said) = await SiloProcess.RefuseAsync(null, environment: new Dictionary<string, string>
        {
            ["MallVip__Streams__Inbox"] = "Memory",
            ["MallVip__Dashboard__Port"] = "5200",
        });
        Assert.Equal(2, code);
        Assert.Contains("MallVip:Streams:Inbox asks", said, StringComparison.Ordinal);
        Assert.Contains("MallVip:Dashboard:Port asks", said, StringComparison.Ordinal);
    }
}
