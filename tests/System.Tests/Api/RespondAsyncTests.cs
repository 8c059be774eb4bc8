using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary><c>Prefer: respond-async</c> over the real engine.</summary>
public class RespondAsyncTests
{
    private const string Async = "respond-async";

    [Fact]
    public async Task One_event_is_answered_202_with_the_place_where_its_outcome_is_told()
    {
        await using var host = await EngineHost.StartAsync();
        await RegisterAsync(host);

        var response = await PostAsync(host, Purchase("e 1&2"), Requests.One, Async);
        var answer = await response.AnswerAsync(202);
        var outcome = await OutcomeAsync(host, response.Headers.Location!);

        Assert.Equal(("queued", "/pos/7", "e 1&2"), (answer.Status, answer.Source, answer.Id));
        Assert.Null(answer.Balances);
        Assert.Equal([Async], response.Headers.GetValues("Preference-Applied"));
        Assert.Equal(("accepted", "/pos/7", "e 1&2"), (outcome.Status, outcome.Source, outcome.Id));
        Assert.Equal(10, outcome.Balances!["points"]);
        Assert.NotNull(outcome.Receipt);
        Assert.NotNull(outcome.Member);
    }

    [Fact]
    public async Task A_refusal_is_told_as_a_batch_would_tell_it_in_the_callers_language()
    {
        await using var host = await EngineHost.StartAsync();
        await RegisterAsync(host);

        var response = await PostAsync(host, Purchase("old", "2020-01-01T00:00:00Z"), Requests.One, Async);
        var outcome = await OutcomeAsync(host, response.Headers.Location!);

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal(
            ("rejected", "time_too_old", 422), (outcome.Status, outcome.Error!.Code, outcome.Error.Status));
        host.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh");
        outcome = await OutcomeAsync(host, response.Headers.Location!);
        Assert.Contains(outcome.Error!.Detail, c => c is >= '\u4e00' and <= '\u9fff');
    }

    [Fact]
    public async Task A_batch_is_answered_202_with_one_answer_per_event()
    {
        await using var host = await EngineHost.StartAsync();
        await RegisterAsync(host);

        var response = await PostAsync(
            host, $"[{Purchase("a")},{{}},{Purchase("b")}]", Requests.Batch, Async);
        var answers = await response.Content.ReadAsStringAsync();

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal([Async], response.Headers.GetValues("Preference-Applied"));
        var bodies = JsonSerializer.Deserialize(answers, ApiJson.Default.EventAnswerBodyArray)!;
        Assert.Equal(["queued", "rejected", "queued"], bodies.Select(body => body.Status));
        Assert.Equal("accepted", (await OutcomeAsync(host, Place("b"))).Status);
    }

    [Fact]
    public async Task A_stream_is_answered_line_by_line()
    {
        await using var host = await EngineHost.StartAsync();
        await RegisterAsync(host);
        var lines = Enumerable.Range(1, 200).Select(i => Purchase($"l{i}")).Append("{").Append(Purchase("z"));

        var response = await PostAsync(host, string.Join('\n', lines), Requests.Lines, Async);
        var answers = (await response.Content.ReadAsStringAsync()).Split('\n')[..^1].Select(Requests.Answer)
            .ToArray();

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal(Enumerable.Range(1, 202).Select(i => (long?)i), answers.Select(answer => answer.Line));
        Assert.Equal(
            ("invalid_json", 201), (answers[200].Error!.Code, answers.Count(a => a.Status == "queued")));
        Assert.Equal(2010, (await OutcomeAsync(host, Place("z"))).Balances!["points"]);
    }

    [Theory]
    [InlineData("{", 400, "invalid_json")]
    [InlineData("""{"specversion":"1.0","id":"x"}""", 400, "invalid_event")]
    public async Task A_malformed_event_gets_its_problem_at_once(string body, int status, string code)
    {
        await using var host = await EngineHost.StartAsync();

        var response = await PostAsync(host, body, Requests.One, Async);

        await response.ProblemAsync(status, code);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Theory]
    [InlineData("handling=lenient, Respond-Async , wait=10", true)]
    [InlineData("respond-async=\"\"", true)]
    [InlineData("x=\"a, respond-async\"", false)]
    [InlineData("return=minimal, depth-noroot", false)]
    [InlineData(",;=\"", false)]
    [InlineData("", false)]
    public async Task Preferences_that_nobody_knows_are_passed_over(string prefer, bool applied)
    {
        await using var host = await EngineHost.StartAsync();
        await RegisterAsync(host);

        var answer = await (await PostAsync(host, Purchase("e"), Requests.One, prefer))
            .AnswerAsync(applied ? 202 : 200);

        Assert.Equal(applied ? "queued" : "accepted", answer.Status);
    }

    [Theory]
    [InlineData("?dryRun=true")]
    [InlineData("?run=year-2017")]
    public async Task What_is_only_tried_and_what_has_a_clock_of_its_own_is_answered_at_once(string query)
    {
        await using var host = await EngineHost.StartAsync();
        await RegisterAsync(host);

        var time = TimeProvider.System.GetUtcNow().ToString("O");
        var response = await PostAsync(host, Purchase("e", time), Requests.One, Async, query);

        Assert.Equal("accepted", (await response.AnswerAsync()).Status);
    }

    [Fact]
    public async Task A_test_key_is_answered_at_once_and_hears_of_nobody_else()
    {
        var (test, till) = (ApiKeyFactory.Create(), ApiKeyFactory.Create());
        await using var host = await EngineHost.StartAsync(new()
        {
            ApiKeys =
            [
                new() { Name = "trial", Hash = test.Hash, Scopes = ["read", "write"], Test = true },
                new() { Name = "till", Hash = till.Hash, Scopes = ["write"] },
            ],
        });
        Present(host, till.Key);
        await RegisterAsync(host);
        await PostAsync(host, Purchase("e"), Requests.One, Async);
        await OutcomeAsync(host, Place("e"));

        Present(host, test.Key);
        await (await PostAsync(host, Purchase("f"), Requests.One, Async)).ProblemAsync(
            403, "not_a_test_member");
        await (await host.Http.GetAsync(Place("e"))).ProblemAsync(403, "not_a_test_member");
    }

    [Fact]
    public async Task A_key_that_may_not_read_hears_of_its_own_events_only()
    {
        var (till, other, desk) = (ApiKeyFactory.Create(), ApiKeyFactory.Create(), ApiKeyFactory.Create());
        await using var host = await EngineHost.StartAsync(new()
        {
            ApiKeys =
            [
                new() { Name = "till", Hash = till.Hash, Scopes = ["write"] },
                new() { Name = "other", Hash = other.Hash, Scopes = ["write"] },
                new() { Name = "desk", Hash = desk.Hash, Scopes = ["read", "write"] },
            ],
        });
        Present(host, till.Key);
        await RegisterAsync(host);
        await PostAsync(host, Purchase("e"), Requests.One, Async);
        await OutcomeAsync(host, Place("e"));

        Present(host, desk.Key);
        Assert.Equal("accepted", (await OutcomeAsync(host, Place("e"))).Status);
        Present(host, other.Key);
        await (await host.Http.GetAsync(Place("e"))).ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task A_full_inbox_says_when_to_come_back_and_takes_what_wants_its_answer()
    {
        await using var host = await EngineHost.StartAsync(new() { Inbox = new() { MaxWaiting = 0 } });
        await RegisterAsync(host);

        var full = await PostAsync(host, Purchase("e"), Requests.One, Async);

        await full.ProblemAsync(503, "inbox_full");
        Assert.NotNull(full.Headers.RetryAfter);
        await (await PostAsync(host, Purchase("e"), Requests.One, "")).AnswerAsync();
    }

    [Theory]
    [InlineData("?source=/pos/7&id=none", 404, "event_not_found")]
    [InlineData("?source=/pos/7", 400, "invalid_request")]
    [InlineData("?id=%00&source=x", 400, "invalid_request")]
    public async Task What_is_not_known_is_404_and_what_is_not_asked_rightly_400(
        string query, int status, string code)
    {
        await using var host = await EngineHost.StartAsync();

        await (await host.Http.GetAsync("/v1/events" + query)).ProblemAsync(status, code);
    }

    private static void Present(EngineHost host, string key)
    {
        host.Http.DefaultRequestHeaders.Remove("X-Api-Key");
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    private static Task<DeskAnswerBody> RegisterAsync(EngineHost host) =>
        new MallVipClient(host.Http).RegisterAsync(new(["card:1"]), "k1");

    private static Task<HttpResponseMessage> PostAsync(
        EngineHost host, string body, string type, string prefer, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events" + query)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (prefer.Length > 0)
            request.Headers.TryAddWithoutValidation("Prefer", prefer);
        return host.Http.SendAsync(request, TestContext.Limit);
    }

    /// <summary>Asks until the event waits no longer.</summary>
    private static async Task<EventAnswerBody> OutcomeAsync(EngineHost host, Uri place)
    {
        var limit = TestContext.Limit;
        EventAnswerBody answer;
        do
            answer = await (await host.Http.GetAsync(place, limit)).AnswerAsync();
        while (answer.Status == "queued");
        return answer;
    }

    private static Uri Place(string id) => new($"/v1/events?source=%2Fpos%2F7&id={id}", UriKind.Relative);

    private static string Purchase(string id, string? time = null) =>
        $$$"""
        {"specversion":"1.0","source":"/pos/7","id":"{{{id}}}","type":"mall.purchase","subject":"card:1",
        {{{(time is null ? "" : $"\"time\":\"{time}\",")}}}
        "data":{"receipt":"R{{{id}}}","store":"shirts","paid":"100.00"}}
        """.ReplaceLineEndings("");
}
