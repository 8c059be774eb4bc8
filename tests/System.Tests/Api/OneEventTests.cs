using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

public class OneEventTests
{
    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    [InlineData("application/json")]
    public async Task An_event_is_answered_with_points_balances_tier_and_receipt(string type)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await (await host.PostAsync("/v1/events", Requests.Event("e1"), type)).AnswerAsync();

        Assert.Equal("accepted", answer.Status);
        Assert.Equal(("/test", "e1"), (answer.Source, answer.Id));
        Assert.Equal(FakeDoor.Member, answer.Member);
        Assert.Equal(("points/base", 240L), (answer.Points!.Value[0].Rule, answer.Points.Value[0].Points));
        Assert.Equal(1240, answer.Balances!["points"]);
        Assert.Equal(("silver", "gold"), (answer.Tier!.Before, answer.Tier.After));
        Assert.Equal("本次获得 240 积分，当前 1,240 积分，已升级为金卡", answer.Receipt!.Zh);
        Assert.Equal(
            "You earned 240 points; your balance is 1,240 points; welcome to Gold.", answer.Receipt.En);
        Assert.Null(answer.Line);
    }

    [Fact]
    public async Task An_answer_says_who_pays_and_what_else_follows_and_nothing_personal()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await (await host.PostAsync("/v1/events", Requests.Event("e1"))).AnswerAsync();

        Assert.Equal(
            [null, new FundingBody(Mall: 40, Brand: 60)], answer.Points!.Value.Select(line => line.Funding));
        Assert.Equal(
            [("send-message", "thanks", "thanks/big"), ("grant-coupon", "ten-off", "thanks/coupon")],
            answer.Effects!.Value.Select(effect => (effect.Kind, effect.Name, effect.Rule)));
        Assert.Equal([new("paid", "240.5")], answer.Effects.Value[0].Data!);
    }

    [Fact]
    public async Task An_event_that_nobody_claims_yet_is_answered_202()
    {
        await using var host = await ApiHost.StartAsync();

        var response = await host.PostAsync("/v1/events", Requests.Event(FakeDoor.UnclaimedId));
        var answer = await response.AnswerAsync(202);

        Assert.Equal("unclaimed", answer.Status);
        Assert.Null(answer.Member);
    }

    [Fact]
    public async Task A_refused_event_is_a_problem_in_the_language_of_the_caller()
    {
        await using var host = await ApiHost.StartAsync();

        var english = await (await host.PostAsync("/v1/events", "{")).ProblemAsync(400, "invalid_json");
        var response = await host.PostAsync(
            "/v1/events", "{", "application/json", ("Accept-Language", "fr, zh-CN;q=0.8, en;q=0.3"));
        var chinese = await response.ProblemAsync(400, "invalid_json");

        Assert.Equal("Not well-formed JSON", english.Title);
        Assert.Equal("JSON 格式不正确", chinese.Title);
        Assert.Equal("zh", Assert.Single(response.Content.Headers.ContentLanguage));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=gbk")]
    [InlineData(null)]
    public async Task Another_content_type_is_415(string? type)
    {
        await using var host = await ApiHost.StartAsync();

        await (await host.PostAsync("/v1/events", Requests.Event("e1"), type)).ProblemAsync(
            415, "unsupported_media_type");

        Assert.Empty(host.Door.Accepted);
    }

    [Fact]
    public async Task An_event_over_its_limit_is_413_with_and_without_a_stated_length()
    {
        await using var host = await ApiHost.StartAsync(new() { MaxEventBytes = 1000 });
        var body = Requests.Event(new string('x', 1000));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = new StringContent(
                body, new global::System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        chunked.Headers.TransferEncodingChunked = true;

        await (await host.PostAsync("/v1/events", body)).ProblemAsync(413, "body_too_large");
        await (await host.Http.SendAsync(chunked, TestContext.Limit)).ProblemAsync(413, "body_too_large");

        Assert.Empty(host.Door.Accepted);
    }

    [Fact]
    public async Task A_dry_run_and_a_run_reach_the_intake()
    {
        await using var host = await ApiHost.StartAsync();

        await (await host.PostAsync("/v1/events?dryRun=true&run=2026-opening", Requests.Event("e1")))
            .AnswerAsync();

        Assert.True(host.Door.Options!.DryRun);
        Assert.Equal("2026-opening", host.Door.Options.Run!.Id);
        Assert.Equal("local", host.Door.Options.Actor);
    }

    [Fact]
    public async Task A_run_is_open_over_many_requests_until_it_is_ended()
    {
        await using var host = await ApiHost.StartAsync();
        await (await host.PostAsync("/v1/events?run=r", Requests.Event("e1"))).AnswerAsync();
        var clock = host.Door.Options!.Run;
        await (await host.PostAsync("/v1/events?run=r", Requests.Event("e2"))).AnswerAsync();
        Assert.Same(clock, host.Door.Options!.Run);

        var ended = await (await host.PostAsync("/v1/runs/r/end", "", null)).Content.ReadAsStringAsync();
        var again = await (await host.PostAsync("/v1/runs/r/end", "", null)).Content.ReadAsStringAsync();
        await (await host.PostAsync("/v1/events?run=r", Requests.Event("e3"))).AnswerAsync();

        Assert.Equal("""{"run":"r","status":"ended","members":0}""", ended);
        Assert.Equal("""{"run":"r","status":"not-open"}""", again);
        Assert.NotSame(clock, host.Door.Options!.Run);
    }

    [Theory]
    [InlineData("dryRun=maybe", "dryRun")]
    [InlineData("run=a%20b", "run")]
    public async Task A_wrong_parameter_is_named(string query, string pointer)
    {
        await using var host = await ApiHost.StartAsync();

        var problem = await (await host.PostAsync($"/v1/events?{query}", Requests.Event("e1")))
            .ProblemAsync(400, "invalid_request");

        Assert.Equal(pointer, problem.Pointer);
    }

    [Fact]
    public async Task What_nobody_foresaw_is_a_500_with_a_trace_id_and_no_values_in_answer_or_log()
    {
        await using var host = await ApiHost.StartAsync();

        var response = await host.PostAsync("/v1/events", Requests.Event(FakeDoor.ExplodingId));
        var problem = await response.ProblemAsync(500, "internal_error");

        Assert.NotNull(problem.TraceId);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(host.Logs, line => line.Contains(problem.TraceId, StringComparison.Ordinal) &&
            line.Contains(nameof(InvalidOperationException), StringComparison.Ordinal));
        Assert.DoesNotContain(host.Logs, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_is_answered_by_an_array_in_its_order()
    {
        await using var host = await ApiHost.StartAsync();
        var body = $"[{Requests.Event("a")}, {{\"no\":1}} ,\n{Requests.Event("b")}]";

        var response = await host.PostAsync("/v1/events", body, Requests.Batch);
        var answers = global::System.Text.Json.JsonSerializer.Deserialize(
            await response.Content.ReadAsStringAsync(),
            MallVip.Client.Wire.ApiJson.Default.EventAnswerBodyArray)!;

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(["accepted", "rejected", "accepted"], answers.Select(answer => answer.Status));
        Assert.Equal("invalid_json", answers[1].Error!.Code);
        Assert.Equal(["a", "b"], host.Door.Accepted);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[{\"id\":\"a\"},]")]
    [InlineData("[{\"id\":\"a\"}] x")]
    public async Task Nothing_of_a_batch_that_is_not_an_array_is_accepted(string body)
    {
        await using var host = await ApiHost.StartAsync();

        await (await host.PostAsync("/v1/events", body, Requests.Batch)).ProblemAsync(400, "invalid_json");

        Assert.Empty(host.Door.Accepted);
    }

    [Fact]
    public async Task An_empty_batch_is_answered_by_an_empty_array()
    {
        await using var host = await ApiHost.StartAsync();

        var response = await host.PostAsync("/v1/events", " [ ] ", Requests.Batch);

        Assert.Equal("[]", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_deeply_nested_batch_is_a_problem()
    {
        await using var host = await ApiHost.StartAsync();
        var body = new string('[', 100_000) + new string(']', 100_000);

        await (await host.PostAsync("/v1/events", body, Requests.Batch)).ProblemAsync(400, "invalid_json");
    }
}
