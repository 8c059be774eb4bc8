using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Tests.Programmes;

public partial class DocsTests
{
    [Fact]
    public void The_examples_of_the_docs_are_one_programme_that_loads_and_whose_cases_pass()
    {
        var files = Example().Matches(Docs.Read("rules.md")).ToDictionary(
            match => match.Groups["name"].Value, match => match.Groups["text"].Value, StringComparer.Ordinal);

        var result = new ProgrammeLoader().Load(files);

        Assert.Equal(9, files.Count);
        Assert.Equal("", string.Join("\n", result.Diagnostics));
        Assert.Equal(19, result.Cases);
        Assert.Equal(5, result.Programme!.Stores.Count);
    }

    [Fact]
    public void The_reference_names_every_key()
    {
        var words =
            Docs.Read("rules.md").Split(Separators, StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var keys = KeysOf(JsonDocument.Parse(ProgrammeSchema.ToJson()).RootElement).Distinct().ToArray();

        Assert.True(keys.Length > 50);
        Assert.Equal([], keys.Where(key => !words.Contains(key)));
    }

    [Fact]
    public void The_list_of_findings_is_complete()
    {
        var (english, chinese) = (Texts.Of(Language.English), Texts.Of(Language.Chinese));
        var list = new StringBuilder("""
            # Findings

            What the checks of a programme, and of the data of events (`INPUT_…`), can say.
            `{0}` stands for a name or value at hand.

            | code | English | 中文 |
            |---|---|---|

            """);
        string[] slots = ["{0}", "{1}", "{2}", "{3}"];
        foreach (var code in english.Codes.Order(StringComparer.Ordinal))
            list.Append($"| `{code}` | {Of(english, code)} | {Of(chinese, code)} |\n");

        Docs.Hold("diagnostics.md", list.ToString());

        string Of(Texts texts, string code) =>
            $"{texts.Message(code, [.. slots])} {texts.Hint(code, [.. slots])}".Trim()
                .Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static char[] Separators { get; } = [.. " \n`{}[],:;|().<>\""];

    private static IEnumerable<string> KeysOf(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Array)
            return schema.EnumerateArray().SelectMany(KeysOf);
        if (schema.ValueKind != JsonValueKind.Object)
            return [];
        var own = schema.TryGetProperty("properties", out var keys)
            ? keys.EnumerateObject().Select(key => key.Name)
            : [];
        return own.Concat(schema.EnumerateObject().SelectMany(part => KeysOf(part.Value)));
    }

    [GeneratedRegex(
        "```yaml\n# (?<name>[^\n]+)\n(?<text>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();
}
