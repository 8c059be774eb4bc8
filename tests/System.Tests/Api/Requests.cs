using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MallVip.Client.Problems;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>Short ways to ask and to read answers.</summary>
internal static class Requests
{
    public const string One = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";
    public const string Lines = "application/x-ndjson";

    public static string Event(string id) =>
        $"{{\"specversion\":\"1.0\",\"source\":\"/test\",\"id\":\"{id}\",\"type\":\"mall.purchase\"," +
        "\"subject\":\"card:1\",\"time\":\"2026-11-22T12:00:00+08:00\"}";

    public static Task<HttpResponseMessage> SendAsync(
        this ApiHost host, HttpMethod method, string path, string body = "", string? type = null,
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body.Length > 0 || type is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type is not null)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return host.Http.SendAsync(request, TestContext.Limit);
    }

    public static Task<HttpResponseMessage> PostAsync(
        this ApiHost host, string path, string body, string? type = "application/json",
        params (string Name, string Value)[] headers) => host.SendAsync(HttpMethod.Post, path, body, type,
        headers);

    /// <summary>The answer, which must be a problem of that status and code.</summary>
    public static async Task<ProblemBody> ProblemAsync(
        this HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(text, ApiJson.Default.ProblemBody)!;
        Assert.Equal(code, problem.Code);
        Assert.Equal($"/errors/{code}", problem.Type);
        Assert.Equal(status, problem.Status);
        return problem;
    }

    public static async Task<EventAnswerBody> AnswerAsync(this HttpResponseMessage response, int status = 200)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize(text, ApiJson.Default.EventAnswerBody)!;
    }

    public static EventAnswerBody Answer(string line) =>
        JsonSerializer.Deserialize(line, ApiJson.Default.EventAnswerBody)!;
}
