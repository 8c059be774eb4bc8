using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary><c>/v1/reviews</c>: what operators see and say of events under review.</summary>
public sealed class ReviewTests
{
    private const string Guards = """
        ruleset: guards
        rules:
          large:
            on: mall.purchase
            when: event.paid > 1000
            review: More than 1,000 at once
        """;

    [Fact]
    public async Task The_till_is_told_of_the_review_and_another_operator_releases_it_with_a_reason()
    {
        var (till, anna) = (ApiKeyFactory.Create(), ApiKeyFactory.Create());
        await using var host = await EngineHost.StartAsync(
            new()
            {
                ApiKeys =
                [
                    new() { Name = "till", Hash = till.Hash, Scopes = ["read", "write", "operate"] },
                    new() { Name = "anna", Hash = anna.Hash, Scopes = ["read", "write", "operate"] },
                ],
            },
            rules: Guards);
        using var other = new HttpClient { BaseAddress = host.Http.BaseAddress };
        other.DefaultRequestHeaders.Add("X-Api-Key", anna.Key);
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", till.Key);
        var (at, operates) = (new MallVipClient(host.Http), new MallVipClient(other));
        await at.RegisterAsync(new(["card:1"]), "r");

        var (first, _) = (await BuyAsync(at, "a", 5_000), await BuyAsync(at, "b", 50));
        var review = Assert.Single((await operates.ListReviewsAsync()).Reviews);
        var own = await RefusedAsync(
            () => at.ReleaseReviewAsync("card:1", review.Review, new("ok"), "k1"));
        var silent = await RefusedAsync(
            () => operates.ReleaseReviewAsync("card:1", review.Review, new(" "), "k2"));
        var released = await operates.ReleaseReviewAsync("card:1", review.Review, new("a wedding"), "k3");
        var again = await operates.ReleaseReviewAsync("card:1", review.Review, new("a wedding"), "k3");
        var late = await operates.ReleaseReviewAsync("card:1", review.Review, new("me too"), "k4");
        var turned = await RefusedAsync(
            () => operates.RejectReviewAsync("card:1", review.Review, new("no"), "k5"));

        Assert.Equal((review.Review, 500L), (first.Review, review.Points["points"]));
        Assert.Equal(
            ("guards/large", "More than 1,000 at once", "till", "shirts", "R-a"),
            (review.Causes[0].Rule, review.Causes[0].Reason, review.By, review.Store, review.Receipt));
        Assert.Equal(
            ("own_review", 403, "invalid_request", 400, "review_ended", 409),
            (own.Item1, own.Item2, silent.Item1, silent.Item2, turned.Item1, turned.Item2));
        Assert.Equal(
            ("accepted", "duplicate", "unchanged"), (released.Status, again.Status, late.Status));
        Assert.Equal(505, (await at.GetMemberAsync("card:1"))!.Wallets.Single().Balance);
        Assert.Empty((await operates.ListReviewsAsync()).Reviews);
        var line = (await at.GetLedgerAsync("card:1")).Lines.First();
        Assert.Equal(("activated", "anna", "a wedding"), (line.Kind, line.Actor, line.Reason));
        Assert.Contains(
            "released", await operates.WhyTextAsync("card:1", line.Seq, null, "en"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_the_answer_nor_the_receipt_says_why()
    {
        await using var host = await EngineHost.StartAsync(rules: Guards);
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "r");

        var answer = await BuyAsync(client, "a", 5_000);
        var text = await host.Http.GetStringAsync("v1/events?source=/till&id=a");

        Assert.NotNull(answer.Review);
        Assert.Contains(answer.Review, text, StringComparison.Ordinal);
        Assert.DoesNotContain("large", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1,000", text, StringComparison.Ordinal);
        Assert.Equal("alert", Assert.Single(answer.Effects!.Value).Kind);
        Assert.Equal(500, answer.Pending!["points"]);
    }

    [Fact]
    public async Task A_rejection_is_in_the_ledger_with_its_reason_and_explained()
    {
        await using var host = await EngineHost.StartAsync(rules: Guards);
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "r");
        var bought = await BuyAsync(client, "a", 5_000);

        var tried = await host.Http.SendAsync(Dry($"v1/members/card:1/reviews/{bought.Review}/reject"));
        await client.RejectReviewAsync("card:1", bought.Review!, new("one receipt in ten"), "k1");
        var lines = (await client.GetLedgerAsync("card:1")).Lines;

        tried.EnsureSuccessStatusCode();
        Assert.Equal(
            ("reversed", 0L, -500L, "one receipt in ten"),
            (lines[0].Kind, lines[0].Points, lines[0].Pending, lines[0].Reason));
        foreach (var language in (string[])["en", "zh"])
            Assert.Contains(
                "one receipt in ten", await client.WhyTextAsync("card:1", lines[0].Seq, null, language),
                StringComparison.Ordinal);
        Assert.Empty((await client.GetReviewsAsync("card:1")).Reviews);
        Assert.Equal(
            ("unknown_review", 404),
            await RefusedAsync(() => client.RejectReviewAsync("card:1", "c0ffee", new("?"), "k2")));
    }

    [Fact]
    public async Task The_list_is_of_a_rule_and_goes_on_behind_a_review()
    {
        await using var host = await EngineHost.StartAsync(rules: Guards);
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "r");
        foreach (var id in (string[])["a", "b", "c"])
            await BuyAsync(client, id, 2_000);

        var all = (await client.ListReviewsAsync()).Reviews;
        var rest = (await client.ListReviewsAsync(after: all[0].Review)).Reviews;

        Assert.Equal(["a", "b", "c"], all.Select(review => review.Id));
        Assert.Equal(["b", "c"], rest.Select(review => review.Id));
        Assert.Equal(3, (await client.ListReviewsAsync(rule: "guards/large")).Reviews.Length);
        Assert.Empty((await client.ListReviewsAsync(rule: "guards/small")).Reviews);
        Assert.Equal(3, (await client.GetReviewsAsync("card:1")).Reviews.Length);
    }

    private static Task<EventAnswerBody> BuyAsync(MallVipClient client, string id, int paid) =>
        client.SendEventAsync(new()
        {
            Id = id,
            Source = "/till",
            Type = "mall.purchase",
            Subject = "card:1",
            Time = TimeProvider.System.GetUtcNow(),
            Data = global::System.Text.Json.JsonSerializer.SerializeToElement(new
            {
                receipt = "R-" + id,
                store = "shirts",
                paid,
            }),
        });

    private static HttpRequestMessage Dry(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path + "?dryRun=true")
        {
            Content = new StringContent("""{"reason":"only asking"}""", null, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "dry");
        return request;
    }

    private static async Task<(string, int)> RefusedAsync(Func<Task> write)
    {
        var refused = await Assert.ThrowsAsync<MallVipProblemException>(write);
        return (refused.Problem.Code, refused.Problem.Status);
    }
}
