using System.Text;

namespace MallVip.System.Tests.Api;

/// <summary>
/// What a till should not send, against the real engine: a clear 4xx, never a 5xx, and nothing recorded.
/// </summary>
public class BadEventTests
{
    public static TheoryData<string> Bodies => new()
    {
        "", " ", "{", "null", "[]", "1", "\"x\"", "{}", "{\"id\":\"a\",\"id\":\"b\"}",
        Purchase("\"paid\":\"1e40\""), Purchase("\"paid\":-1"), Purchase("\"paid\":\"NaN\""), Purchase(
            "\"paid\":{}"),
        Purchase("\"paid\":1,\"paid\":2"), Purchase("\"colour\":1"), Purchase(
            "\"paid\":\"1\",\"lines\":[[[[]]]]"),
        Purchase("\"paid\":\"1\"").Replace("mall.purchase", "mall.nonsense", StringComparison.Ordinal),
        Purchase("\"paid\":\"1\"").Replace("2026-", "9999-", StringComparison.Ordinal),
        Purchase("\"paid\":\"1\"").Replace("2026-", "0001-", StringComparison.Ordinal),
        Purchase("\"paid\":\"1\"").Replace("2026-", "26-", StringComparison.Ordinal),
        Purchase("\"paid\":\"1\"").Replace("card:1", "phone:12", StringComparison.Ordinal),
        Purchase("\"paid\":\"1\"").Replace("card:1", "plate:\\u0000", StringComparison.Ordinal),
        Purchase("\"paid\":\"1\"").Replace("card:1", "\\ud800", StringComparison.Ordinal),
        Purchase("\"paid\":\"1\"").Replace("\"e1\"", "\"e\\u00001\"", StringComparison.Ordinal),
        new string('[', 200_000),
        "{\"data\":" + string.Concat(Enumerable.Repeat("{\"a\":", 50_000)),
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_event_is_a_4xx(string body)
    {
        await using var host = await EngineHost.StartAsync();

        foreach (var type in (string[])["application/cloudevents+json", "application/cloudevents-batch+json"])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.ContentType = new(type);
            var response = await host.Http.PostAsync("/v1/events", content);
            if (type.Contains("batch", StringComparison.Ordinal) && body == "[]")
                continue;
            Assert.InRange((int)response.StatusCode, 400, 499);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_a_4xx()
    {
        await using var host = await EngineHost.StartAsync();
        using var content = new ByteArrayContent(
            [(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");

        var response = await host.Http.PostAsync("/v1/events", content);

        Assert.InRange((int)response.StatusCode, 400, 499);
    }

    private static string Purchase(string rest) =>
        "{\"specversion\":\"1.0\",\"source\":\"/t\",\"id\":\"e1\",\"type\":\"mall.purchase\"," +
        "\"subject\":\"card:1\"," +
        "\"time\":\"2026-11-22T00:00:00Z\",\"data\":{\"receipt\":\"1\",\"store\":\"shirts\"," + rest + "}}";
}
