using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Rules.Checking;
using MallVip.Rules.Deciding;

namespace MallVip.System.Tests.Api;

/// <summary>What is written down of the API is what the API does. MALLVIP_REGENERATE=1 writes it anew.</summary>
public class DocumentTests
{
    private static readonly bool Regenerate =
        Environment.GetEnvironmentVariable("MALLVIP_REGENERATE") is { Length: > 0 };

    [Fact]
    public void The_list_of_errors_is_up_to_date() =>
        AssertFile(Path.Combine(Root(), "docs", "errors.md"), ErrorsPage());

    [Fact]
    public async Task The_OpenAPI_document_is_up_to_date()
    {
        await using var host = await ApiHost.StartAsync();

        var document = await host.Http.GetStringAsync("/v1/openapi.json");

        Assert.Contains("\"openapi\": \"3.1", document, StringComparison.Ordinal);
        AssertFile(Path.Combine(Root(), "tests", "System.Tests", "Api", "openapi.golden.json"), document + "\n");
    }

    [Fact]
    public void Every_code_has_a_title_in_both_languages()
    {
        foreach (var entry in All())
        {
            var (english, chinese) = (
                ErrorCatalog.Title(Language.English, entry.Code), ErrorCatalog.Title(Language.Chinese, entry.Code));
            Assert.DoesNotContain('_', english);
            Assert.Contains(chinese, c => c is >= '\u4e00' and <= '\u9fff');
        }

        Assert.Equal(All().Count(), All().Select(entry => entry.Code).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places()
    {
        var (english, chinese) = (Text.All(Language.English), Text.All(Language.Chinese));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
        foreach (var key in english.Keys)
            Assert.Equal(new TextTemplate(english[key]).Places.Order(), new TextTemplate(chinese[key]).Places.Order());
    }

    private static IEnumerable<ErrorEntry> All() =>
        ErrorCatalog.Request.Concat(ErrorCatalog.Intake).Concat(ErrorCatalog.Decision);

    private static string ErrorsPage()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Errors

            Every refusal is a problem document (RFC 9457) of type `/errors/CODE`; in a batch or a stream the same
            fields stand under `error` of the event's own answer. Codes and statuses never change. The order is the
            order in which a request meets them: the first that applies is answered.

            This page is generated: `MALLVIP_REGENERATE=1 dotnet test tests/System.Tests --filter DocumentTests`.

            """);
        AppendTable(page, "The request", ErrorCatalog.Request);
        AppendTable(page, "The event or command as such", ErrorCatalog.Intake);
        AppendTable(page, "The decision", ErrorCatalog.Decision);
        page.Append("\n## Warnings\n\nAn accepted event can carry these; nothing needs to be sent again.\n\n");
        page.Append("| code | meaning | what to do |\n|---|---|---|\n");
        foreach (var warning in WarningCatalog.All)
            page.Append(CultureInfo.InvariantCulture, $"| `{warning.Code}` | {warning.Title} | {warning.Hint} |\n");
        return page.ToString();
    }

    private static void AppendTable(StringBuilder page, string title, IEnumerable<ErrorEntry> entries)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| code | status | meaning | what to do |\n|---|---|---|---|\n");
        foreach (var entry in entries)
            page.Append(CultureInfo.InvariantCulture, $"| `{entry.Code}` | {entry.Status} | {entry.Title} | {entry.Hint} |\n");
    }

    private static void AssertFile(string path, string text)
    {
        text = text.ReplaceLineEndings("\n");
        if (Regenerate)
            File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{path} is missing; write it with MALLVIP_REGENERATE=1.");
        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n") == text, $"{path} is stale; write it anew with MALLVIP_REGENERATE=1.");
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
