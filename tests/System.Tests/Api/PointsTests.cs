using MallVip.Client;
using MallVip.Client.Wire;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.Api;

/// <summary>What becomes of points that are there, over HTTP.</summary>
public class PointsTests
{
    private const string Phone = "phone:+8613800138000";

    private static readonly DateTimeOffset End = new(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task An_operator_extends_points_and_lets_them_lapse_with_the_reason_in_the_ledger()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);
        await client.AdjustAsync(Phone, new(100, "gift", ExpiresAt: End), "k2");
        await client.AdjustAsync(Phone, new(30, "gift"), "k3");

        var extended = await client.ExtendAsync(Phone, new(End.AddYears(1), "flood"), "k4");
        var again = await client.ExtendAsync(Phone, new(End.AddYears(1), "flood"), "k4");
        var member = await client.GetMemberAsync(Phone);
        await client.ExpireAsync(Phone, new("misuse", EndingBefore: End.AddYears(2)), "k5");
        var lines = (await client.GetLedgerAsync(Phone)).Lines;

        Assert.Equal(("accepted", "duplicate"), (extended.Status, again.Status));
        Assert.Equal((100L, End.AddYears(1)), Assert.Single(member!.Expiring) is var end
            ? (end.Points, end.At) : default);
        Assert.Equal(("expired", -100L, 30L, "misuse"), Of(lines[0]));
        Assert.Equal(("extended", 0L, 130L, "flood"), Of(lines[1]));
        Assert.Equal(End.AddYears(1), lines[1].ExpiresAt);
        Assert.Contains(
            "100 points last longer", await client.WhyTextAsync(Phone, lines[1].Seq, null, "en"),
            StringComparison.Ordinal);
        Assert.Contains("misuse", await client.WhyTextAsync(Phone, lines[0].Seq, null, "en"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_meant_and_what_has_no_reason_is_refused()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);

        Assert.Equal(("no_such_points", 409), await RefusedAsync(
            () => client.ExpireAsync(Phone, new("misuse"), "k2")));
        Assert.Equal(("invalid_end", 422), await RefusedAsync(
            () => client.ExtendAsync(Phone, new(End.AddYears(-20), "flood"), "k2")));
        Assert.Equal(("unknown_wallet", 422), await RefusedAsync(
            () => client.ExtendAsync(Phone, new(End, "flood", "x"), "k2")));
        Assert.Equal(("invalid_request", 400), await RefusedAsync(
            () => client.ExtendAsync(Phone, new(End, " "), "k2")));
        Assert.Equal(("invalid_request", 400), await RefusedAsync(
            () => client.ExpireAsync(Phone, new(""), "k2")));
        Assert.Equal(("unknown_receipt", 404), await RefusedAsync(
            () => client.ConfirmAsync(Phone, new("beauty-hall", "X"), "k2")));
    }

    [Theory]
    [InlineData("0", 422, "amount_out_of_range")]
    [InlineData("-5", 422, "amount_out_of_range")]
    [InlineData("1.5", 400, "invalid_request")]
    public async Task A_spend_of_nothing_of_less_and_of_a_part_is_refused(
        string amount, int status, string code)
    {
        await using var host = await EngineHost.StartAsync();
        await OneAsync(host);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"v1/members/{Uri.EscapeDataString(Phone)}/spend")
        {
            Content = new StringContent($$"""{"amount":{{amount}}}""", null, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "k9");

        var answer = await host.Http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains($"\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static (string, long, long, string?) Of(LedgerLineBody line) =>
        (line.Kind, line.Points, line.Balance, line.Reason);

    private static async Task<(string, int)> RefusedAsync(Func<Task> write)
    {
        var problem = (await Assert.ThrowsAsync<MallVipProblemException>(write)).Problem;
        return (problem.Code, problem.Status);
    }

    private static async Task<MallVipClient> OneAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        return client;
    }
}
