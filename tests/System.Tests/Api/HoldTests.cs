using System.Text;
using MallVip.Client;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>Points set aside at a till, over HTTP.</summary>
public class HoldTests
{
    private const string Phone = "phone:+8613800138000";

    [Fact]
    public async Task A_hold_is_named_in_the_answer_shown_with_the_member_and_captured_once()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await RichAsync(host);

        var held = await client.HoldAsync(Phone, new(80, Reason: "till 3"), "k3");
        var again = await client.HoldAsync(Phone, new(80, Reason: "till 3"), "k3");
        var hold = Assert.Single(held.Held!.Value);
        var member = await client.GetMemberAsync(Phone);
        var captured = await client.CaptureAsync(Phone, hold.Hold, new(50, "gift"), "k4");
        var after = await client.GetMemberAsync(Phone);
        var gone = await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.CaptureAsync(Phone, hold.Hold, new(), "k5"));

        Assert.Equal(hold, Assert.Single(again.Held!.Value));
        Assert.Equal((100, 20, 80), Sums(member!));
        Assert.Equal((hold.Hold, "till 3"), (member!.Holds[0].Hold, member.Holds[0].Reason));
        Assert.Equal(("points", 50), (captured.Spent!.Value[0].Wallet, captured.Spent.Value[0].Points));
        Assert.Equal((50, 50, 0), Sums(after!));
        Assert.Empty(after!.Holds);
        Assert.Equal(("unknown_hold", 404), (gone.Problem.Code, gone.Problem.Status));
    }

    [Theory]
    [InlineData("""{"amount":5,"minutes":0}""", 422, "invalid_hold")]
    [InlineData("""{"amount":5,"minutes":-1}""", 422, "invalid_hold")]
    [InlineData("""{"amount":5,"minutes":2147483647}""", 422, "invalid_hold")]
    [InlineData("""{"amount":0}""", 422, "amount_out_of_range")]
    [InlineData("""{"amount":101}""", 409, "insufficient_points")]
    [InlineData("""{"amount":1.5}""", 400, "invalid_request")]
    public async Task A_bad_hold_is_a_problem_and_holds_nothing(string body, int status, string code)
    {
        await using var host = await EngineHost.StartAsync();
        var client = await RichAsync(host);

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/members/{Phone}/holds");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", "k3");
        await (await host.Http.SendAsync(request)).ProblemAsync(status, code);

        Assert.Equal((100, 100, 0), Sums((await client.GetMemberAsync(Phone))!));
    }

    [Fact]
    public async Task A_released_hold_is_free_at_once()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await RichAsync(host);
        var hold = (await client.HoldAsync(Phone, new(80), "k3")).Held!.Value[0].Hold;

        await client.ReleaseAsync(Phone, hold, "k4");

        Assert.Equal((100, 100, 0), Sums((await client.GetMemberAsync(Phone))!));
    }

    private static (long Balance, long Available, long Held) Sums(MemberBody member)
    {
        var points = member.Wallets.Single(wallet => wallet.Wallet == "points");
        return (points.Balance, points.Available, points.Held);
    }

    private static async Task<MallVipClient> RichAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        await client.AdjustAsync(Phone, new(100, "gift"), "k2");
        return client;
    }
}
