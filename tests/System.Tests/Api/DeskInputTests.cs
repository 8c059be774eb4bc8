namespace MallVip.System.Tests.Api;

public class DeskInputTests
{
    private static readonly (string, string) Key = ("Idempotency-Key", "\"8e03978e\"");

    [Theory]
    [InlineData("POST", "/v1/members")]
    [InlineData("POST", "/v1/members/card:1/spend")]
    [InlineData("POST", "/v1/members/card:1/adjust")]
    [InlineData("POST", "/v1/members/card:1/identities")]
    [InlineData("PUT", "/v1/members/card:1/tags/vip")]
    [InlineData("DELETE", "/v1/members/card:1/tags/vip")]
    [InlineData("POST", "/v1/events/claim")]
    public async Task Every_write_that_is_not_an_event_needs_a_key(string method, string path)
    {
        await using var host = await EngineHost.StartAsync();

        var response = await host.Http.SendAsync(new(new HttpMethod(method), path) { Content = Json("{}") });
        using var odd = new HttpRequestMessage(new HttpMethod(method), path) { Content = Json("{}") };
        odd.Headers.TryAddWithoutValidation("Idempotency-Key", new string('k', 256));

        await response.ProblemAsync(400, "missing_idempotency_key");
        await (await host.Http.SendAsync(odd)).ProblemAsync(400, "invalid_idempotency_key");
    }

    [Theory]
    [InlineData("", 400, "invalid_json")]
    [InlineData("{", 400, "invalid_json")]
    [InlineData("null", 400, "invalid_request")]
    [InlineData("[]", 400, "invalid_request")]
    [InlineData("{}", 400, "invalid_request")]
    [InlineData("{\"amount\":\"5\"}", 400, "invalid_request")]
    [InlineData("{\"amount\":1.5}", 400, "invalid_request")]
    [InlineData("{\"amount\":1e99}", 400, "invalid_request")]
    [InlineData("{\"amount\":5,\"amount\":6}", 400, "invalid_request")]
    [InlineData("{\"amount\":5,\"colour\":1}", 400, "invalid_request")]
    [InlineData("{\"amount\":0}", 422, "amount_out_of_range")]
    [InlineData("{\"amount\":-5}", 422, "amount_out_of_range")]
    [InlineData("{\"amount\":9223372036854775807}", 422, "amount_out_of_range")]
    [InlineData("{\"amount\":5,\"wallet\":\"\\u0000\\ud83d\\ude00'; DROP TABLE\"}", 422, "unknown_wallet")]
    public async Task A_bad_spend_is_a_problem_never_a_500(string body, int status, string code)
    {
        await using var host = await EngineHost.StartAsync();
        await RegisterAsync(host);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/members/card:1/spend");
        request.Content = Json(body);
        request.Headers.Add(Key.Item1, Key.Item2);

        await (await host.Http.SendAsync(request)).ProblemAsync(status, code);
    }

    [Theory]
    [InlineData("/v1/members/phone:123", 400, "invalid_identity")]
    [InlineData("/v1/members/nonsense", 400, "invalid_identity")]
    [InlineData("/v1/members/7d444840-9dc0-11d1-b245-5ffdce74fad2", 404, "member_not_found")]
    [InlineData("/v1/members/card:2", 404, "member_not_found")]
    [InlineData("/v1/members/card:1?at=yesterday", 400, "invalid_request")]
    [InlineData("/v1/members/card:1?at=2026-01-01T00:00:00", 400, "invalid_request")]
    [InlineData("/v1/members/card:1/ledger?limit=0", 400, "invalid_request")]
    [InlineData("/v1/members/card:1/ledger?limit=501", 400, "invalid_request")]
    [InlineData("/v1/members/card:1/ledger?cursor=%00", 400, "invalid_cursor")]
    [InlineData("/v1/members/card:1/ledger?cursor=AAAA", 400, "invalid_cursor")]
    [InlineData("/v2/nothing", 404, "not_found")]
    public async Task A_bad_look_up_is_a_problem(string path, int status, string code)
    {
        await using var host = await EngineHost.StartAsync();
        await RegisterAsync(host);

        await (await host.Http.GetAsync(path)).ProblemAsync(status, code);
    }

    [Fact]
    public async Task Another_method_is_405_and_another_content_type_415()
    {
        await using var host = await EngineHost.StartAsync();

        await (await host.Http.DeleteAsync("/v1/members")).ProblemAsync(405, "method_not_allowed");
        await (await host.Http.PostAsync("/v1/members", new StringContent("x"))).ProblemAsync(
            415, "unsupported_media_type");
    }

    private static async Task RegisterAsync(EngineHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/members")
        {
            Content = Json(
            "{\"identities\":[\"card:1\"]}")
        };
        request.Headers.Add("Idempotency-Key", "register");
        Assert.Equal(201, (int)(await host.Http.SendAsync(request)).StatusCode);
    }

    private static StringContent Json(string body) =>
        new(body, new global::System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
}
