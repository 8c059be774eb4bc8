using System.CommandLine;
using System.CommandLine.Invocation;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Commands.Help;

/// <summary>
/// Prints the help of a verb in the operator's language, with examples. The parser's own page knows neither:
/// its translations need the culture data that this process does without.
/// </summary>
internal sealed class HelpPage(ConsoleText text) : SynchronousCommandLineAction
{
    /// <summary>Help is given even where a required option is missing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return 0;
    }

    /// <summary>Writes the page of one verb.</summary>
    public void Write(Command verb, TextWriter output)
    {
        var path = HelpTexts.PathOf(verb);
        output.WriteLine(verb.Description);
        output.WriteLine();
        Head(output, "help.usage");
        output.WriteLine($"  {Usage(verb, path)}");
        Table(output, "help.verbs", verb.Subcommands.Select(below => (below.Name, below.Description)));
        Table(output, "help.options", verb.Options.Concat(Inherited(verb))
            .Where(option => !option.Hidden).Select(option => (NameOf(option), option.Description)));
        WriteExamples(path, output);
    }

    private static IEnumerable<Option> Inherited(Command verb) => verb.Parents.OfType<Command>()
        .SelectMany(parent => parent.Options.Where(option => option.Recursive).Concat(Inherited(parent)));

    private string Usage(Command verb, string path)
    {
        var words = path.Length == 0 ? "mallvip" : $"mallvip {path}";
        if (verb.Subcommands.Count > 0)
            words += $" {text.Format("help.verb-place")}";
        words += string.Concat(verb.Arguments.Select(argument => $" {argument.Name.ToUpperInvariant()}"));
        return $"{words} {text.Format("help.options-place")}";
    }

    private string NameOf(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name)
            .Where(name => name.StartsWith('-')).OrderBy(name => name.Length));
        var value = option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool)
            ? ""
            : $" <{option.HelpName ?? option.Name.TrimStart('-')}>";
        return option.Required ? $"{names}{value} {text.Format("help.required")}" : names + value;
    }

    private void Table(TextWriter output, string head, IEnumerable<(string Name, string? Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        output.WriteLine();
        Head(output, head);
        var width = all.Max(row => Columns(row.Name));
        foreach (var (name, words) in all)
            output.WriteLine($"  {name}{new string(' ', width - Columns(name))}  {words}");
    }

    private void WriteExamples(string path, TextWriter output)
    {
        if (!HelpExamples.All.TryGetValue(path, out var examples))
            return;
        output.WriteLine();
        Head(output, "help.examples");
        var key = path.Length == 0 ? "help" : $"help.{path.Replace(' ', '.')}";
        for (var i = 0; i < examples.Length; i++)
        {
            output.WriteLine($"  {text.Format($"{key}.example.{i + 1}")}");
            output.WriteLine($"    {examples[i]}");
        }
    }

    private void Head(TextWriter output, string key) => output.WriteLine(text.Format(key));

    /// <summary>A Chinese character is two columns wide on a terminal.</summary>
    private static int Columns(string words) => words.Sum(letter => letter > 0xff ? 2 : 1);
}
