using System.Text;
using System.Text.Json;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Rules.Checking;
using MallVip.Rules.Deciding;

namespace MallVip.System.Tests.Api;

/// <summary>Problems in the caller's language: title, detail and hint.</summary>
public class LanguageTests
{
    private const string Purchase = """{"receipt":"1","store":"shirts","paid":1}""";

    public static TheoryData<string, string, string, string> Requests => new()
    {
        { "/v1/members", "{", "invalid_json", "请求体不是有效的 JSON，见第 1 行第 1 字节。" },
        { "/v1/members", """{"identities":["phone:12"]}""", "invalid_identity",
            "电话号码应为 + 加 7 到 15 位数字，或 11 位大陆手机号。" },
        { "/v1/members/card:1/spend", """{"amount":7}""", "insufficient_points", "请求 7，可用 0。" },
        { "/v1/events", Event("card:1", Purchase).Replace("mall.purchase", "mall.purchased",
            StringComparison.Ordinal), "input_type_unknown", "没有事件类型“mall.purchased”。" },
        { "/v1/nowhere", "{}", "not_found", "没有此路径。" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_problem_speaks_the_language_of_Accept_Language(
        string path, string body, string code, string detail)
    {
        await using var host = await EngineHost.StartAsync();
        await SendAsync(host, "/v1/members", """{"identities":["card:1"]}""", null);

        var chinese = await ProblemAsync(await SendAsync(host, path, body, "zh-CN,zh;q=0.9,en;q=0.5"));
        var english = await ProblemAsync(await SendAsync(host, path, body, null));

        Assert.Equal((code, detail), (chinese.Code, chinese.Detail));
        Assert.Contains(chinese.Title, IsChinese);
        Assert.Contains(chinese.Hint!, IsChinese);
        Assert.Equal((code, chinese.Pointer), (english.Code, english.Pointer));
        foreach (var text in (string?[])[english.Title, english.Detail, english.Hint])
            Assert.DoesNotContain(text!, IsChinese);
    }

    [Fact]
    public async Task A_bad_line_of_a_stream_speaks_it_too()
    {
        await using var host = await EngineHost.StartAsync();
        var answer = await SendAsync(host, "/v1/events", "{}\n", "zh", "application/x-ndjson");

        using var line = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var error = line.RootElement.GetProperty("error");
        Assert.Equal("属性“specversion”缺失或不是字符串。", error.GetProperty("detail").GetString());
        Assert.Contains(error.GetProperty("hint").GetString()!, IsChinese);
    }

    [Fact]
    public async Task A_warning_says_what_it_means_in_both()
    {
        await using var host = await EngineHost.StartAsync();
        await SendAsync(host, "/v1/members", """{"identities":["card:1"]}""", null);
        var bought = Event("card:1", """{"receipt":"1","store":"no-such-store","paid":1}""");
        using var answer = JsonDocument.Parse(
            await (await SendAsync(host, "/v1/events", bought, null)).Content.ReadAsStringAsync());

        var warning = Assert.Single(answer.RootElement.GetProperty("warnings").EnumerateArray());
        Assert.Equal("unknown_store", warning.GetProperty("code").GetString());
        Assert.Contains(warning.GetProperty("text").GetProperty("zh").GetString()!, IsChinese);
        Assert.DoesNotContain(warning.GetProperty("text").GetProperty("en").GetString()!, IsChinese);
        Assert.All(
            WarningCatalog.All,
            known => Assert.Equal(known.Title, Text.Find(Language.English, $"warning.{known.Code}")));
    }

    private static bool IsChinese(char letter) => letter is >= '\u4e00' and <= '\u9fff';

    private static string Event(string subject, string data) =>
        "{\"specversion\":\"1.0\",\"source\":\"/pos\",\"id\":\"e1\",\"type\":\"mall.purchase\"," +
        $"\"subject\":\"{subject}\",\"data\":{data}}}";

    private static async Task<ProblemBody> ProblemAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<ProblemBody>(
            await response.Content.ReadAsStringAsync(), JsonSerializerOptions.Web)!;

    private static Task<HttpResponseMessage> SendAsync(
        EngineHost host, string path, string body, string? language, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (language is not null)
            request.Headers.Add("Accept-Language", language);
        return host.Http.SendAsync(request, TestContext.Limit);
    }
}
