using System.CommandLine;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Commands.Help;

/// <summary>
/// Gives every verb and option its description from the console's texts: <c>help.import.purchases</c>,
/// <c>help.import.--csv</c>; an option that several verbs share may have one text, <c>help.--rules</c>.
/// </summary>
internal static class HelpTexts
{
    /// <exception cref="KeyNotFoundException">A verb or an option has no text.</exception>
    public static void Describe(RootCommand root, ConsoleText text)
    {
        Describe(root, "help", text);
        foreach (var option in root.Options.Where(option => option is not VersionOption))
            if (option is System.CommandLine.Help.HelpOption help)
                help.Action = new HelpPage(text);
    }

    /// <summary>The verbs from the root's down, <c>import purchases</c>; the root's is empty.</summary>
    public static string PathOf(Command command) => string.Join(' ', Upwards(command)
        .Where(verb => verb is not RootCommand).Reverse().Select(verb => verb.Name));

    private static IEnumerable<Command> Upwards(Command command)
    {
        for (var verb = command; verb is not null; verb = verb.Parents.OfType<Command>().FirstOrDefault())
            yield return verb;
    }

    private static void Describe(Command verb, string key, ConsoleText text)
    {
        verb.Description = text.Format(key);
        foreach (var option in verb.Options)
            option.Description = text.Format(KeyOf(option, key, text));
        foreach (var below in verb.Subcommands)
            Describe(below, $"{key}.{below.Name}", text);
    }

    /// <summary>The nearest text on the way from the verb up to the root.</summary>
    private static string KeyOf(Option option, string key, ConsoleText text)
    {
        for (var at = key; ; at = at[..at.LastIndexOf('.')])
            if (text.Has($"{at}.{option.Name}") || !at.Contains('.', StringComparison.Ordinal))
                return $"{at}.{option.Name}";
    }
}
