using MallVip.Client;

namespace MallVip.System.Tests.Api;

/// <summary>A gift of points over HTTP.</summary>
public class TransferTests
{
    private const string Giver = "phone:+8613800138000";
    private const string Friend = "phone:+8613900139000";

    [Fact]
    public async Task A_gift_stands_in_both_ledgers_and_a_repeat_is_answered_the_same()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);

        var sent = await client.TransferAsync(Giver, new(Friend, 40, Reason: "birthday"), "k4");
        var again = await client.TransferAsync(Giver, new(Friend, 40, Reason: "birthday"), "k4");
        var giver = await client.GetLedgerAsync(Giver);
        var friend = await client.GetLedgerAsync(Friend);

        Assert.Equal(40, sent.Sent!.Points);
        Assert.Equal(sent.Sent, again.Sent);
        Assert.Equal(("transferred", -40L, 60L, "birthday"), Newest(giver));
        Assert.Equal(("transferred", 40L, 40L, "birthday"), Newest(friend));
        var wallet = Assert.Single((await client.GetMemberAsync(Giver))!.Wallets);
        Assert.Equal((60, -40), (wallet.Balance, wallet.Transferred));
    }

    [Theory]
    [InlineData(Giver, 40, "transfer_to_self", 422)]
    [InlineData(Friend, 101, "insufficient_points", 409)]
    [InlineData(Friend, 0, "amount_out_of_range", 422)]
    [InlineData("card:nobody", 40, "member_not_found", 404)]
    [InlineData("nonsense", 40, "invalid_identity", 400)]
    public async Task A_bad_gift_is_a_problem_and_nothing_leaves(
        string to, int points, string code, int status)
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);

        var refused = await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.TransferAsync(Giver, new(to, points), "k4"));

        Assert.Equal((code, status), (refused.Problem.Code, refused.Problem.Status));
        Assert.Equal(100, Assert.Single((await client.GetMemberAsync(Giver))!.Wallets).Balance);
    }

    private static (string, long, long, string?) Newest(Client.Wire.LedgerBody ledger)
    {
        var line = ledger.Lines[0];
        return (line.Kind, line.Points, line.Balance, line.Reason);
    }

    private static async Task<MallVipClient> TwoAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Giver]), "k1");
        await client.RegisterAsync(new([Friend]), "k2");
        await client.AdjustAsync(Giver, new(100, "gift"), "k3");
        return client;
    }
}
