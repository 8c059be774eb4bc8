using System.Text;
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

        Assert.Equal(3, files.Count);
        Assert.Equal("", string.Join("\n", result.Diagnostics));
        Assert.Equal(1, result.Cases);
        Assert.Equal(5, result.Programme!.Stores.Count);
    }

    [Fact]
    public void The_reference_names_every_key()
    {
        var text = Docs.Read("rules.md");
        var keys = KeyName().Matches(ProgrammeSchema.ToJson()).Select(match => match.Groups["key"].Value)
            .Distinct();

        Assert.Equal([], keys.Where(key => !Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(key)}(?![\w-])")));
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

    [GeneratedRegex("```yaml\n# (?<name>[^\n]+)\n(?<text>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();

    [GeneratedRegex("\"(?<key>[a-z-]+)\": \\{\\s+\"[^\"]+\": (?:[^{}]|\\{[^{}]*\\})*?\"description\"",
        RegexOptions.ExplicitCapture)]
    private static partial Regex KeyName();
}
