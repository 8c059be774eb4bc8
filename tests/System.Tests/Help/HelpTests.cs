using System.CommandLine;
using System.Runtime.CompilerServices;
using MallVip.Silo.Commands;
using MallVip.Silo.Commands.Help;
using MallVip.Silo.Texts;
using MallVip.System.Tests.RealData;

namespace MallVip.System.Tests.Help;

/// <summary>
/// What <c>--help</c> prints is a golden file in each language; MALLVIP_REGENERATE=1 writes it anew.
/// </summary>
public sealed class HelpTests
{
    private static readonly bool Regenerate =
        Environment.GetEnvironmentVariable("MALLVIP_REGENERATE") is { Length: > 0 };

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void The_help_of_every_verb_is_as_recorded(string language)
    {
        var text = ConsoleText.Load(language);
        var pages = Verbs(CommandLine.Create(new ScriptConsole(), text)).Select(verb => PageOf(verb, text));
        var golden = Path.Combine(Path.GetDirectoryName(Here())!, $"help.{language}.txt");
        var printed = string.Join($"\n{new string('-', 40)}\n", pages);
        if (Regenerate)
            File.WriteAllText(golden, printed);

        Assert.Equal(File.ReadAllText(golden), printed);
    }

    [Fact]
    public void Every_example_can_be_typed()
    {
        var examples = HelpExamples.All.SelectMany(pair => pair.Value.Select(line => (pair.Key, line)));
        foreach (var (path, line) in examples)
        {
            var parsed = CommandLine.Create(new ScriptConsole()).Parse(line.Split(' ')[1..]);

            Assert.True(parsed.Errors.Count == 0, $"{line}: {string.Join(' ', parsed.Errors)}");
            Assert.StartsWith(path, HelpTexts.PathOf(parsed.CommandResult.Command), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_verb_has_an_example_and_both_languages_have_the_same_texts()
    {
        foreach (var verb in Verbs(CommandLine.Create(new ScriptConsole())))
            Assert.Contains(HelpTexts.PathOf(verb), HelpExamples.All.Keys);
        Assert.Equal(
            ConsoleText.Load("en").Keys.Order(StringComparer.Ordinal),
            ConsoleText.Load("zh").Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("import", "purchases", "--help")]
    [InlineData("replay", "-h")]
    [InlineData("-?")]
    public async Task Help_is_given_where_a_required_option_is_missing(params string[] args)
    {
        var output = new StringWriter();
        var parsed = CommandLine.Create(new ScriptConsole(), ConsoleText.Load("en")).Parse(args);

        Assert.Equal(0, await parsed.InvokeAsync(new() { Output = output }));
        Assert.Contains("Examples:", output.ToString(), StringComparison.Ordinal);
    }

    private static string PageOf(Command verb, ConsoleText text)
    {
        var page = new StringWriter { NewLine = "\n" };
        new HelpPage(text).Write(verb, page);
        return page.ToString();
    }

    private static IEnumerable<Command> Verbs(Command root) =>
        root.Subcommands.SelectMany(Verbs).Prepend(root);

    private static string Here([CallerFilePath] string path = "") => path;
}
