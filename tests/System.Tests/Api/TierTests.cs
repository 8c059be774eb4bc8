using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>A member's tier, over HTTP.</summary>
public class TierTests
{
    private const string Phone = "phone:+8613800138000";

    [Fact]
    public async Task A_tier_is_given_shown_told_of_and_ended()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);
        var until = TimeProvider.System.GetUtcNow().AddDays(30);

        await client.GrantTierAsync(Phone, new("gold", until, "wedding"), "k2");
        var given = (await client.GetMemberAsync(Phone))!.Tier!;
        await client.EndTierAsync(Phone, new("by mistake"), "k3");
        var after = (await client.GetMemberAsync(Phone))!.Tier!;
        var history = await client.ReadTierHistoryAsync(Phone);

        Assert.Equal(("gold", until, "wedding"), (given.Id, given.Until, given.Given!.Reason));
        Assert.NotEqual("gold", after.Id);
        Assert.Null(after.Given);
        Assert.Equal(
            [("hand", after.Id, "by mistake"), ("hand", "gold", "wedding"), ("enrol", after.Id, null)],
            history.Changes.Select(change => (change.Cause, change.To, change.Reason)));
        var page = await client.ReadTierHistoryAsync(Phone, limit: 2);
        Assert.Equal(2, page.Changes.Length);
        var rest = await client.ReadTierHistoryAsync(Phone, page.Next);
        Assert.Equal("enrol", Assert.Single(rest.Changes).Cause);
        var why = await client.WhyAsync(Phone, history.Changes[1].Seq);
        Assert.Contains("wedding", why.Text.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gold", 30, " ", "invalid_request", 400)]
    [InlineData("gold", 0, "wedding", "invalid_tier_grant", 422)]
    [InlineData("glod", 30, "wedding", "unknown_tier", 422)]
    [InlineData(null, 30, "wedding", "tier_earned", 409)]
    public async Task A_tier_that_cannot_be_given_is_refused(
        string? tier, int days, string reason, string code, int status)
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);
        tier ??= (await client.GetMemberAsync(Phone))!.Tier!.Id;

        var problem = (await Assert.ThrowsAsync<MallVipProblemException>(() => client.GrantTierAsync(
            Phone, new(tier, TimeProvider.System.GetUtcNow().AddDays(days), reason), "k2"))).Problem;

        Assert.Equal((code, status), (problem.Code, problem.Status));
        Assert.Equal("invalid_tier_grant", (await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.EndTierAsync(Phone, new("none"), "k3"))).Problem.Code);
    }

    [Fact]
    public async Task What_is_missing_for_the_next_tier_is_told()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);

        var outlook = await client.ReadTierAsync(Phone);

        Assert.Null(outlook.Keep);
        Assert.False(outlook.Next!.Holds);
        var gap = Assert.Single(outlook.Next.Missing!.Value);
        Assert.Equal("0", gap.Present);
        Assert.Equal(gap.Least, gap.Missing);
    }

    [Fact]
    public async Task A_ladder_that_changes_is_looked_at_and_then_moves_members()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);
        await client.RegisterAsync(new(["phone:+8613900139000"]), "k2");
        await client.SendEventAsync(Purchase("600"));
        await PublishAsync(client, ">= 1000", ">= 500");

        var seen = await client.ReviewTiersAsync(new(Falls: true), "k3", dryRun: true);
        var before = (await client.GetMemberAsync(Phone))!.Tier!.Id;
        var moved = await client.ReviewTiersAsync(new(Falls: true), "k4");
        var again = await client.ReviewTiersAsync(new(Falls: true), "k5");

        Assert.Equal((2, "member"), (seen.Members, before));
        Assert.Equal(new(1, "member", "gold"), Assert.Single(seen.Moves));
        Assert.Equal(new(1, "member", "gold"), Assert.Single(moved.Moves));
        Assert.Null(moved.Next);
        Assert.Empty(again.Moves);
        Assert.Equal("gold", (await client.GetMemberAsync(Phone))!.Tier!.Id);
        Assert.Equal("reassessed", (await client.ReadTierHistoryAsync(Phone)).Changes[0].Cause);
    }

    private static async Task PublishAsync(MallVipClient client, string old, string now)
    {
        var before = await client.GetProgrammeAsync(files: true);
        var draft = await client.PostDraftAsync(new(
            ImmutableSortedDictionary<string, string?>.Empty.Add(
                "programme.yaml",
                before.Files["programme.yaml"]!.Replace(old, now, StringComparison.Ordinal)),
            Base: before.Version));
        await client.PublishAsync(new(draft.Id, "lower", Expected: before.Version), "p1");
    }

    private static CloudEventBody Purchase(string paid) => new()
    {
        Id = "e1",
        Source = "pos",
        Type = "mall.purchase",
        Subject = Phone,
        Time = TimeProvider.System.GetUtcNow(),
        Data = JsonDocument.Parse(
            $$"""{"receipt":"R1","store":"shirts","paid":"{{paid}}"}""").RootElement,
    };

    private static async Task<MallVipClient> OneAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        return client;
    }
}
