using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>Drafts, publishes, history and diff over HTTP.</summary>
public sealed class ProgrammeTests
{
    [Fact]
    public async Task A_draft_is_checked_published_shown_in_the_history_and_rolled_back()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var before = await client.GetProgrammeAsync(files: true);

        var draft = await client.PostDraftAsync(Edit(before, "event.paid / 10", "event.paid / 5"));
        var published = await client.PublishAsync(
            new(draft.Id, "double points", Expected: before.Version), "k1");
        var state = await client.GetProgrammeAsync();
        var diff = await client.GetDiffAsync(before.Version[..8], draft.Id);
        var back = await client.RollbackAsync(new(before.Version[..8]), "k2");
        var history = await client.GetHistoryAsync(limit: 2);
        var rest = await client.GetHistoryAsync(history.Next);

        Assert.True(draft.Publishable, string.Join('\n', draft.Diagnostics));
        Assert.Equal(
            new ChangeBody("changed", "rule", "points/base", "points.yaml", 3), Assert.Single(draft.Changes));
        Assert.Equal(("published", "local"), (published.Status, published.Publication!.Author));
        Assert.Equal((draft.Id, "in-force"), (state.Version, state.InForce!.State));
        Assert.Contains("+    earn: { wallet: points, amount: event.paid / 5", Assert.Single(diff.Files).Diff,
            StringComparison.Ordinal);
        Assert.Equal(before.Version, back.Publication!.Version);
        Assert.Equal(["rolled-back", "published"], history.Publications.Select(made => made.How));
        Assert.Equal("double points", history.Publications[1].Note);
        Assert.Equal(("first", (string?)null), (Assert.Single(rest.Publications).How, rest.Next));
    }

    [Fact]
    public async Task Every_mistake_of_a_draft_is_told_at_once_in_both_languages_and_it_cannot_be_published()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var before = await client.GetProgrammeAsync(files: true);

        var draft = await client.PostDraftAsync(Edit(
            before, "earn: { wallet: points, amount: event.paid / 10, round: floor }",
            "when: event.store.categori == \"x\"\n    earn: { wallet: points, amount: event.paid }\n"
            + "  other:\n    on: mall.purchase\n    earn: { wallet: pionts, amount: '1' }"));
        var refused = await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.PublishAsync(new(draft.Id, Expected: "*"), "k1"));

        Assert.False(draft.Publishable);
        Assert.Equal([(5, 23), (9, 21)], draft.Diagnostics.Select(d => (d.Line, d.Column)));
        Assert.All(draft.Diagnostics, d => Assert.NotEqual(d.Message.En, d.Message.Zh));
        Assert.Contains("points", draft.Diagnostics[1].Hint!.En, StringComparison.Ordinal);
        Assert.Equal("programme_not_publishable", refused.Problem.Code);
        Assert.Equal(2, refused.Problem.Diagnostics!.Value.Length);
    }

    [Fact]
    public async Task Who_comes_second_is_told_what_the_first_has_changed()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var before = await client.GetProgrammeAsync(files: true);
        var mine = await client.PostDraftAsync(Edit(before, "/ 10", "/ 5"));
        var theirs = await client.PostDraftAsync(Edit(before, "/ 10", "/ 2"));
        await client.PublishAsync(new(theirs.Id, Expected: before.Version), "k1");

        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/programme/publish");
        request.Headers.Add("Idempotency-Key", "k2");
        request.Headers.Add("If-Match", $"\"{before.Version}\"");
        request.Content = JsonContent.Create(new PublishBody(mine.Id), ApiJson.Default.PublishBody);
        using var response = await host.Http.SendAsync(request);

        var problem = await response.ProblemAsync(412, "programme_changed");
        Assert.Equal(theirs.Id, problem.Current!.Version);
        Assert.Equal("points/base", Assert.Single(problem.Changes!.Value).Id);
        Assert.Equal(theirs.Id, (await client.GetProgrammeAsync()).Version);
    }

    [Fact]
    public async Task A_publish_says_what_it_is_based_on_has_a_key_and_does_not_lie_in_the_past()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var version = (await client.GetProgrammeAsync()).Version;

        await RefusedAsync(client, new(version), "k1", 428, "version_expected");
        await RefusedAsync(client, new(version, Expected: "*"), "k2", 404, "draft_not_found");
        await RefusedAsync(
            client, new(version, EffectiveAt: DateTimeOffset.UnixEpoch, Expected: "*"), "k3", 400,
            "invalid_request");
        await RefusedAsync(
            client, new(version, Note: new('x', 501), Expected: "*"), "k4", 400, "invalid_request");
        using var keyless = await host.Http.PostAsJsonAsync(
            "v1/programme/publish", new PublishBody(version, Expected: "*"), ApiJson.Default.PublishBody);
        await keyless.ProblemAsync(400, "missing_idempotency_key");
        using var nobody = await host.Http.GetAsync("v1/programme/drafts/0123");
        await nobody.ProblemAsync(404, "draft_not_found");
        using var unknown = await host.Http.GetAsync("v1/programme/diff?from=01234567");
        await unknown.ProblemAsync(404, "version_not_found");
        using var cursor = await host.Http.GetAsync("v1/programme/history?cursor=x");
        await cursor.ProblemAsync(400, "invalid_cursor");
    }

    [Theory]
    [InlineData("../points.yaml")]
    [InlineData("/etc/points.yaml")]
    [InlineData("a//b.yaml")]
    [InlineData("a\\b.yaml")]
    [InlineData("points.txt")]
    [InlineData(".hidden.yaml")]
    [InlineData("purchases.map.yaml")]
    [InlineData("")]
    public async Task A_file_that_no_folder_could_hold_is_refused(string path)
    {
        await using var host = await EngineHost.StartAsync();

        using var response = await host.Http.PostAsJsonAsync(
            "v1/programme/drafts",
            new DraftRequestBody(ImmutableSortedDictionary<string, string?>.Empty.Add(path, "ruleset: x")),
            ApiJson.Default.DraftRequestBody);

        Assert.Equal("files", (await response.ProblemAsync(400, "invalid_request")).Pointer);
    }

    [Fact]
    public async Task A_dry_run_tells_the_changes_and_records_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var before = await client.GetProgrammeAsync(files: true);
        var draft = await client.PostDraftAsync(Edit(before, "/ 10", "/ 5"));

        var tried = await client.PublishAsync(new(draft.Id, Expected: "*"), "k1", dryRun: true);

        Assert.Equal("dry-run", tried.Status);
        Assert.Equal("points/base", Assert.Single(tried.Changes).Id);
        Assert.Equal(before.Version, (await client.GetProgrammeAsync()).Version);
        Assert.Empty((await client.GetHistoryAsync()).Publications);
    }

    [Fact]
    public async Task Publishing_needs_the_scope_operate_and_a_test_key_publishes_nothing()
    {
        var (till, trial) = (ApiKeyFactory.Create(), ApiKeyFactory.Create());
        await using var host = await EngineHost.StartAsync(new()
        {
            ApiKeys =
            [
                new() { Name = "till", Hash = till.Hash, Scopes = ["read", "write"] },
                new()
                {
                    Name = "trial", Hash = trial.Hash, Scopes = ["read", "write", "operate"], Test = true,
                },
            ],
        });

        foreach (var key in (string[])[till.Key, trial.Key])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/programme/rollback");
            request.Headers.Add("X-Api-Key", key);
            request.Headers.Add("Idempotency-Key", "k");
            request.Content = JsonContent.Create(new RollbackBody("00000000"), ApiJson.Default.RollbackBody);
            using var response = await host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_publish_is_news_in_the_live_feed()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        using var feed = await host.Http.GetAsync("/v1/live", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await feed.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync(TestContext.Limit);
        var draft = await client.PostDraftAsync(Edit(
            await client.GetProgrammeAsync(files: true), "/ 10", "/ 5"));

        await client.PublishAsync(new(draft.Id, "why", Expected: "*"), "k1");

        LiveProgrammeBody? news = null;
        while (news is not { Kind: "published" })
        {
            var line = await reader.ReadLineAsync(TestContext.Limit);
            if (line == "event: programme")
                news = JsonSerializer.Deserialize(
                    (await reader.ReadLineAsync(TestContext.Limit))!["data: ".Length..],
                    ApiJson.Default.LiveProgrammeBody);
        }

        Assert.Equal((draft.Id, "local", "why"), (news.Version, news.Author, news.Note));
    }

    private static DraftRequestBody Edit(ProgrammeStateBody programme, string old, string now) => new(
        ImmutableSortedDictionary<string, string?>.Empty.Add(
            "points.yaml", programme.Files["points.yaml"]!.Replace(old, now, StringComparison.Ordinal)),
        Base: programme.Version);

    private static async Task RefusedAsync(
        MallVipClient client, PublishBody body, string key, int status, string code)
    {
        var refused = await Assert.ThrowsAsync<MallVipProblemException>(() => client.PublishAsync(body, key));
        Assert.Equal((status, code), (refused.Problem.Status, refused.Problem.Code));
    }
}
