using System.Net;
using System.Text;
using MallVip.Client;

namespace MallVip.System.Tests.Api;

/// <summary>Consent and referrer from the wire to the member's answer.</summary>
public class ConsentTests
{
    private const string Friend = "phone:+8613800138001";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task The_answer_shows_consent_with_its_time_and_the_referrer_as_a_member()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var friend = (await client.RegisterAsync(new([Friend]), "k1")).Member;
        await SendAsync(host, "card:1", $$"""{"consent":{"sms":true},"referrer":"{{Friend}}"}""");

        var member = (await client.GetMemberAsync("card:1"))!;

        Assert.True(member.Consent["sms"].Granted);
        Assert.Equal(Now, member.Consent["sms"].At);
        Assert.Equal(friend, member.Referrer!.Member);
        Assert.Matches("^phone:[0-9a-f]{32}$", member.Referrer.Handle);
    }

    [Fact]
    public async Task Who_is_named_as_referrer_keeps_the_phone_and_the_new_member_gets_none_of_it()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Friend]), "k1");
        await SendAsync(host, "card:1", $$"""{"referrer":"{{Friend}}"}""");

        Assert.Equal(Friend, Assert.Single((await client.GetMemberAsync(Friend))!.Identities));
        Assert.Equal("card:1", Assert.Single((await client.GetMemberAsync("card:1"))!.Identities));
    }

    [Fact]
    public async Task A_referrer_whom_nobody_knows_is_a_handle()
    {
        await using var host = await EngineHost.StartAsync();
        await SendAsync(host, "card:1", $$"""{"referrer":"{{Friend}}"}""");

        var referrer = (await new MallVipClient(host.Http).GetMemberAsync("card:1"))!.Referrer!;

        Assert.Null(referrer.Member);
        Assert.Matches("^phone:[0-9a-f]{32}$", referrer.Handle);
    }

    private static async Task SendAsync(EngineHost host, string subject, string data)
    {
        var json = $"{{\"specversion\":\"1.0\",\"source\":\"/app\",\"id\":\"r1\",\"type\":" +
            $"\"member.registered\",\"subject\":\"{subject}\",\"time\":\"{Now:O}\",\"data\":{data}}}";
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var answer = await host.Http.PostAsync("/v1/events", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
