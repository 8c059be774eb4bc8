using System.Diagnostics;
using System.Text;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Hostile;

/// <summary>Rule files that no operator wrote on purpose, or somebody did.</summary>
public class HostileYamlTests
{
    private const string Good = "ruleset: t\nrules:\n  r: { on: mall.purchase, earn: { amount: 1 } }\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string, string> Bombs => new()
    {
        { "a billion laughs", Laughs(), "YAML_ALIAS" },
        { "lists in lists", "ruleset: t\nrules: " + new string('[', 400_000), "YAML_SYNTAX" },
        { "maps in maps", "ruleset: t\nrules: " + Many("{a: ", 200_000), "YAML_SYNTAX" },
        { "blocks in blocks", Steps(1_300), "YAML_SYNTAX" },
        { "dashes in a line", "ruleset: t\nrules:\n  " + Many("- ", 300_000), "YAML_SYNTAX" },
        { "questions in a line", Many("? ", 300_000), "YAML_SYNTAX" },
        { "one key many times", "ruleset: t\n" + Many("rules: {}\n", 90_000), "YAML_DUPLICATE_KEY" },
        { "many wrong keys", "ruleset: t\n" + Lines("rulez{0}: 1\n", 60_000), "TOO_MANY_FINDINGS" },
        { "many wrong rules", "ruleset: t\nrules:\n" + Lines("  r{0}: {{ o: 1 }}\n", 40_000),
            "TOO_MANY_FINDINGS" },
        { "a huge name", $"ruleset: {new string('a', 900_000)}\nrules: {{}}", "VALUE_NOT_ID" },
        { "a huge condition", Good.Replace("on:", $"when: \"{new string('x', 900_000)}\", on:",
            StringComparison.Ordinal), "VALUE_TOO_LONG" },
        { "a huge wallet", Good.Replace("amount:", $"wallet: {new string('w', 900_000)}, amount:",
            StringComparison.Ordinal), "WALLET_UNKNOWN" },
        { "a huge key", $"ruleset: t\nrules: {{ \"{new string('k', 900_000)}\": {{}} }}", "VALUE_NOT_ID" },
        { "a quote that never ends", "ruleset: t\nrules: \"" + new string('q', 900_000), "YAML_SYNTAX" },
        { "a text of a thousand folds", "ruleset: t\nrules:\n  r:\n    when: >\n"
            + Many("      event.paid > 1 &&\n", 30_000), "VALUE_TOO_LONG" },
        { "more than a mebibyte", $"ruleset: t\n# {new string('c', 1 << 20)}\nrules: {{}}", "YAML_TOO_LONG" },
        { "only escapes", $"ruleset: \"{Many("\\u0041", 150_000)}\"\nrules: {{}}", "VALUE_NOT_ID" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_at_once_and_in_few_words(string name, string text, string code)
    {
        var watch = Stopwatch.StartNew();

        var result = Small.Load(text);

        Assert.True(watch.Elapsed < Patience, $"{name} took {watch.Elapsed}.");
        Assert.Null(result.Programme);
        Assert.Contains(code, result.Diagnostics.Select(found => found.Code));
        var words = result.Diagnostics.Sum(found =>
            found.ToString(Language.English).Length + found.ToString(Language.Chinese).Length);
        Assert.True(words < 400_000, $"{name}: {words} characters of findings");
    }

    [Theory]
    [InlineData("utf-16", 1, 1)]
    [InlineData("utf-16BE", 1, 1)]
    [InlineData("utf-32", 1, 1)]
    [InlineData("iso-8859-1", 1, 13)]
    public void Another_encoding_is_refused_where_it_shows(string name, int line, int column)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("ruleset: caf\u00e9\nrules: {}\n")];

        var found = Assert.Single(Load(bytes).Diagnostics);

        Assert.Equal(
            ("YAML_NOT_UTF8", "rules.yaml", line, column),
            (found.Code, found.Place.File, found.Place.Line, found.Place.Column));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void UTF_16_without_a_mark_is_told_as_what_it_is(string name)
    {
        var bytes = Encoding.GetEncoding(name).GetBytes(Good);

        var found = Assert.Single(Load(bytes).Diagnostics);

        Assert.Equal("YAML_CONTROL_CHARACTER", found.Code);
        Assert.Contains("U+0000", found.Message(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_after_a_NUL_is_not_left_out_in_silence()
    {
        var found = Assert.Single(Load(Encoding.UTF8.GetBytes(Good + "\0\0\0\nrulez: {}\n")).Diagnostics);

        Assert.Equal(("YAML_CONTROL_CHARACTER", 4, 1), (found.Code, found.Place.Line, found.Place.Column));
    }

    [Theory]
    [InlineData("\ufeff" + Good)]
    [InlineData("ruleset: t\r\nrules:\r\n  r: { on: mall.purchase, earn: { amount: 1 } }\r\n")]
    [InlineData(Good + "# 结束 \ud83d\ude00")]
    [InlineData("%YAML 1.2\n---\n" + Good + "...\n")]
    public void What_editors_of_other_systems_save_is_read(string text)
    {
        Assert.NotNull(Load(Encoding.UTF8.GetBytes(text)).Programme);
    }

    [Theory]
    [InlineData("", "YAML_EMPTY")]
    [InlineData("\ufeff", "YAML_EMPTY")]
    [InlineData("\n\n  \n", "YAML_EMPTY")]
    [InlineData("# nothing yet\n", "YAML_EMPTY")]
    [InlineData("---\n", "YAML_NOT_A_MAP")]
    [InlineData("~", "YAML_NOT_A_MAP")]
    public void A_file_with_nothing_in_it_is_refused(string text, string code)
    {
        var result = Load(Encoding.UTF8.GetBytes(text));

        Assert.Null(result.Programme);
        Assert.Equal(code, Assert.Single(result.Diagnostics).Code);
    }

    private static ProgrammeResult Load(byte[] rules) => new ProgrammeLoader().Load(ProgrammeFiles.Of(
        new Dictionary<string, byte[]>
        {
            ["programme.yaml"] = Encoding.UTF8.GetBytes(Small.Declarations),
            ["rules.yaml"] = rules,
        }));

    private static string Many(string text, int times) =>
        new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Lines(string format, int times) => string.Concat(
        Enumerable.Range(0, times).Select(n => string.Format(null, format, n)));

    private static string Steps(int depth) => string.Concat(
        Enumerable.Range(0, depth).Select(n => new string(' ', n) + "a:\n"));

    private static string Laughs()
    {
        var text = new StringBuilder("ruleset: t\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var n = 1; n < 12; n++)
            text.Append($"a{n}: &a{n} [{string.Join(", ", Enumerable.Repeat($"*a{n - 1}", 9))}]\n");
        return text.ToString();
    }
}
