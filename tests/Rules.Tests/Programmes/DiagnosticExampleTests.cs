using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MallVip.Rules.Cel;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>
/// <c>docs/diagnostic-examples.md</c> has each finding wrong and right. What is wrong there is found, what is
/// right is not, and no code is left out.
/// </summary>
public partial class DiagnosticExampleTests
{
    private static readonly string Page = Docs.Read("diagnostic-examples.md").ReplaceLineEndings("\n");

    public static TheoryData<string> Codes => [.. Sections().Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_is_wrong_is_found_and_what_is_right_is_not(string code)
    {
        var examples = Sections()[code];

        Assert.Equal(["wrong", "right"], examples.Select(example => example.Verdict));
        Assert.Contains(code, Find(examples[0]));
        Assert.DoesNotContain(code, Find(examples[1]));
        Assert.DoesNotContain("error", Find(examples[1]));
    }

    [Fact]
    public void No_code_is_left_out()
    {
        var without = Page[Page.IndexOf("## Without an example", StringComparison.Ordinal)..];
        var named = Code().Matches(without).Select(match => match.Groups["code"].Value);
        var found = Texts.Of(Language.English).Codes.Where(
            code => !code.Contains("HINT_", StringComparison.Ordinal));

        Assert.Equal(
            found.Order(StringComparer.Ordinal),
            Sections().Keys.Concat(named).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, Example[]> Sections() => Section().Matches(Page).ToDictionary(
        match => match.Groups["code"].Value,
        match => Block().Matches(match.Groups["text"].Value).Select(block => new Example(
            block.Groups["kind"].Value, block.Groups["verdict"].Value, block.Groups["text"].Value)).ToArray(),
        StringComparer.Ordinal);

    /// <summary>The codes of all findings, and <c>error</c> if one of them is an error.</summary>
    private static string[] Find(Example example) => example.Kind switch
    {
        "file" => Load(example.Text),
        "rule" => Load(Rule(example.Text)),
        "expression" => Load(Rule($"when: '{example.Text.Replace("'", "''", StringComparison.Ordinal)}'\n"
            + "earn: { amount: 1 }")),
        "programme" => Load(
            Rule("earn: { amount: 1 }"), Replaced(Block("programme"), example.Text)),
        "case" => Load($"{Block("rules")}\ncases:\n{Indented(example.Text, 2)}"),
        "event" => FindInEvent(example.Text),
        "value" => FindInValue(example.Text),
        _ => throw new InvalidOperationException($"Unknown kind {example.Kind}."),
    };

    private static string[] Load(string rules, string? declarations = null)
    {
        var result = Small.Load(rules, declarations ?? Block("programme"));
        return [.. result.Diagnostics.Select(found => found.Code),
            .. result.Programme is null ? (string[])["error"] : []];
    }

    private static string[] FindInEvent(string json)
    {
        using var document = TryParse(json);
        var programme = Small.Programme("ruleset: t", Block("programme"));
        var type = document?.RootElement.GetProperty("type").GetString() ?? "mall.purchase";
        var data = document is null ? json[json.IndexOf("\"data\":", StringComparison.Ordinal)..][7..^2]
            : document.RootElement.GetProperty("data").GetRawText();
        return [.. new EventParser(programme)
            .Parse(type, Encoding.UTF8.GetBytes(data), static (_, value) => value)
            .Problems.Select(problem => problem.Code)];
    }

    private static JsonDocument? TryParse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] FindInValue(string expression)
    {
        var answer = CelEval.EvaluateLine($$"""{"expr":{{JsonSerializer.Serialize(expression)}}}""");
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("error", out var error)
            ? [error.GetProperty("code").GetString()!, "error"]
            : [];
    }

    private static string Rule(string body)
    {
        var on = body.Contains("on: ", StringComparison.Ordinal) ? "" : "    on: mall.purchase\n";
        return $"ruleset: t\nrules:\n  r:\n{on}{Indented(body, 4)}";
    }

    /// <summary>The programme with the top-level keys of a fragment in place of its own.</summary>
    private static string Replaced(string programme, string fragment)
    {
        var keys = TopKey().Matches(fragment).Select(match => match.Groups["key"].Value).ToHashSet();
        var kept = TopBlock().Matches(programme)
            .Where(block => !keys.Contains(block.Groups["key"].Value)).Select(block => block.Value);
        return string.Concat(kept) + fragment + "\n";
    }

    private static string Indented(string text, int by) =>
        string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));

    private static string Block(string name) =>
        Regex.Match(
            Page, $"^```yaml {name}\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline,
            TimeSpan.FromSeconds(10))
            .Groups["text"].Value;

    [GeneratedRegex(@"^## `(?<code>[A-Z0-9_]+)`\n(?<text>.*?)(?=^## )",
        RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^```\w+ (?<kind>\w+) (?<verdict>wrong|right)\n(?<text>.*?)\n```",
        RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(?<code>[A-Z0-9]+_[A-Z0-9_]+)`", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?:# )?(?<key>[a-z-]+):", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TopKey();

    [GeneratedRegex(
        @"^(?<key>[a-z-]+):.*\n(?:[ ].*\n)*", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TopBlock();

    private sealed record Example(string Kind, string Verdict, string Text);
}
