using MallVip.Client;

namespace MallVip.System.Tests.Api;

/// <summary>A member's status, over HTTP.</summary>
public class StatusTests
{
    private const string Phone = "phone:+8613800138000";
    private const string Friend = "phone:+8613900139000";

    [Fact]
    public async Task A_frozen_member_cannot_spend_until_it_is_lifted_and_the_reason_is_shown()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);

        await client.SetStatusAsync(Phone, new("frozen", "inquiry 7"), "k4");
        var member = await client.GetMemberAsync(Phone);
        var spend = await RefusedAsync(() => client.SpendAsync(Phone, new(10), "k5"));
        var gift = await RefusedAsync(() => client.TransferAsync(Friend, new(Phone, 1), "k6"));
        await client.SetStatusAsync(Phone, new("active", "settled"), "k7");
        await client.SpendAsync(Phone, new(10), "k8");

        Assert.Equal(("frozen", "inquiry 7"), (member!.Status!.Id, member.Status.Reason));
        Assert.Equal(("member_blocked", 409), spend);
        Assert.Equal(("transfer_refused", 409), gift);
        Assert.Equal(90, Assert.Single((await client.GetMemberAsync(Phone))!.Wallets).Balance);
        Assert.Equal(100, Assert.Single((await client.GetMemberAsync(Friend))!.Wallets).Balance);
    }

    [Theory]
    [InlineData("gone", "left")]
    [InlineData("Frozen", "case counts")]
    [InlineData("frozen", " ")]
    public async Task A_status_that_there_is_not_or_without_a_reason_is_refused(string status, string reason)
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);

        var refused = await RefusedAsync(() => client.SetStatusAsync(Phone, new(status, reason), "k4"));

        Assert.Equal(("invalid_request", 400), refused);
        Assert.Null((await client.GetMemberAsync(Phone))!.Status);
    }

    private static async Task<(string, int)> RefusedAsync(Func<Task> write)
    {
        var problem = (await Assert.ThrowsAsync<MallVipProblemException>(write)).Problem;
        return (problem.Code, problem.Status);
    }

    private static async Task<MallVipClient> TwoAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        await client.RegisterAsync(new([Friend]), "k2");
        await client.AdjustAsync(Phone, new(100, "gift"), "k3");
        await client.AdjustAsync(Friend, new(100, "gift"), "k3-2");
        return client;
    }
}
