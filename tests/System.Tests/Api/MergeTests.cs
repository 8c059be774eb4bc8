using System.Text;
using MallVip.Client;

namespace MallVip.System.Tests.Api;

/// <summary>One member of two over HTTP.</summary>
public class MergeTests
{
    private const string Old = "phone:+8613800138000";
    private const string Member = "phone:+8613900139000";

    [Fact]
    public async Task The_old_phone_and_id_lead_to_who_goes_on_and_a_repeat_is_answered_the_same()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);
        var (old, member) = ((await client.GetMemberAsync(Old))!, (await client.GetMemberAsync(Member))!);

        var merged = await client.MergeAsync(Old, new(Member, "two phones"), "k5");
        var again = await client.MergeAsync(Old, new(Member, "two phones"), "k5");

        Assert.Equal((member.Id, member.Id), (merged.Member, again.Member));
        foreach (var name in new[] { Old, Member, old.Id.ToString() })
        {
            var found = (await client.GetMemberAsync(name))!;
            Assert.Equal(member.Id, found.Id);
            Assert.Equal(old.Id, Assert.Single(found.Merged));
            Assert.Equal([Old, Member], found.Identities.ToArray());
            Assert.Equal(130, Assert.Single(found.Wallets).Balance);
        }

        var came = (await client.GetLedgerAsync(Member)).Lines[0];
        var went = (await client.GetLedgerAsync(old.Id.ToString())).Lines[0];
        Assert.Equal(("merged", 100L, 130L), (came.Kind, came.Points, came.Balance));
        Assert.Equal(("merged", -100L, 0L), (went.Kind, went.Points, went.Balance));
    }

    [Fact]
    public async Task An_identity_that_is_linked_by_the_old_id_is_who_goes_ons_own()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);
        var old = (await client.GetMemberAsync(Old))!.Id.ToString();
        await client.MergeAsync(Old, new(Member, "two phones"), "k5");

        await LinkAsync(host, old, "k6");
        var again = await LinkAsync(host, Member, "k7");

        Assert.Equal((await client.GetMemberAsync(Member))!.Id, (await client.GetMemberAsync("card:1"))!.Id);
        Assert.Contains("unchanged", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_tells_in_words_where_the_points_came_from_and_went()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);
        var old = (await client.GetMemberAsync(Old))!.Id.ToString();
        await client.MergeAsync(Old, new(Member, "two phones"), "k5");

        foreach (var (name, word) in new[] { (Member, "came with"), (old, "went with") })
        {
            var line = (await client.GetLedgerAsync(name)).Lines[0];
            var why = await host.Http.GetStringAsync(
                new Uri($"/v1/members/{Uri.EscapeDataString(name)}/ledger/{line.Seq}/why", UriKind.Relative));
            Assert.Contains(word, why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_merge_without_a_reason_is_refused_and_a_review_counts_who_has_ended_no_more()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);

        var refused = await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.MergeAsync(Old, new(Member, " "), "k5"));
        var before = await client.ReviewTiersAsync(new(Falls: true), "k6", dryRun: true);
        await client.MergeAsync(Old, new(Member, "two phones"), "k7");
        var after = await client.ReviewTiersAsync(new(Falls: true), "k8", dryRun: true);

        Assert.Equal(("invalid_request", 400), (refused.Problem.Code, refused.Problem.Status));
        Assert.Equal((2, 1), (before.Members, after.Members));
        Assert.Empty(after.Moves);
    }

    [Theory]
    [InlineData(Old, "merge_with_self", 422)]
    [InlineData("card:nobody", "member_not_found", 404)]
    [InlineData("nonsense", "invalid_identity", 400)]
    public async Task A_bad_merge_is_a_problem_and_both_go_on(string into, string code, int status)
    {
        await using var host = await EngineHost.StartAsync();
        var client = await TwoAsync(host);

        var refused = await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.MergeAsync(Old, new(into, "mistake"), "k5"));

        Assert.Equal((code, status), (refused.Problem.Code, refused.Problem.Status));
        Assert.Equal(100, Assert.Single((await client.GetMemberAsync(Old))!.Wallets).Balance);
    }

    private static async Task<string> LinkAsync(EngineHost host, string name, string key)
    {
        var path = new Uri($"/v1/members/{Uri.EscapeDataString(name)}/identities", UriKind.Relative);
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new StringContent(
            "{\"identity\":\"card:1\"}", Encoding.UTF8, "application/json");
        using var answer = await host.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<MallVipClient> TwoAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Old]), "k1");
        await client.RegisterAsync(new([Member]), "k2");
        await client.AdjustAsync(Old, new(100, "gift"), "k3");
        await client.AdjustAsync(Member, new(30, "gift"), "k4");
        return client;
    }
}
