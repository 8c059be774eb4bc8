using System.Text.RegularExpressions;

namespace MallVip.Tidy.Tests;

/// <summary>The little of Markdown that the checks need: fences, links and headings.</summary>
internal static partial class Markdown
{
    private static readonly string[] Shells = ["sh", "bash", "shell", "console"];

    /// <summary>The commands of the shell blocks in order, word for word, without comments.</summary>
    public static IReadOnlyList<Command> Commands(TextFile file)
    {
        var commands = new List<Command>();
        var pending = new List<string>();
        foreach (var (line, text) in Shell(file))
        {
            if (pending.Count == 0 && (text.Length == 0 || text.StartsWith('#')))
                continue;
            pending.Add(text);
            if (GoesOn(string.Join('\n', pending)))
                continue;
            commands.Add(new Command(file.Path, line - pending.Count + 1, string.Join('\n', pending)));
            pending.Clear();
        }

        return commands;
    }

    /// <summary>Links and images outside of code, with their targets.</summary>
    public static IEnumerable<(int Line, string Target)> Links(TextFile file) =>
        from line in Prose(file)
        from Match match in Link().Matches(InlineCode().Replace(line.Text, ""))
        select (line.Line, match.Groups[1].Value);

    /// <summary>The anchors that the headings of a file give, as code hosts make them.</summary>
    public static HashSet<string> Anchors(TextFile file) =>
        [.. from line in Prose(file)
            where line.Text.StartsWith('#')
            let heading = line.Text.TrimStart('#').Trim().ToLowerInvariant()
            select NotInAnchor().Replace(heading, "").Replace(' ', '-')];

    private static bool GoesOn(string command) =>
        command.EndsWith('\\') || command.Count(character => character == '\'') % 2 != 0;

    private static IEnumerable<(int Line, string Text)> Prose(TextFile file) =>
        Walk(file).Where(line => line.Language is null).Select(line => (line.Line, line.Text));

    private static IEnumerable<(int Line, string Text)> Shell(TextFile file) =>
        Walk(file).Where(line => Shells.Contains(line.Language)).Select(l => (l.Line, l.Text));

    private static IEnumerable<(int Line, string Text, string? Language)> Walk(TextFile file)
    {
        string? language = null;
        foreach (var (index, text) in file.Lines.Index())
        {
            if (!text.TrimStart().StartsWith("```", StringComparison.Ordinal))
                yield return (index + 1, text, language);
            else
                language = language is null ? text.Trim().TrimStart('`') : null;
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}

/// <summary>A shell command that a document tells its reader to type.</summary>
internal sealed record Command(string Path, int Line, string Text);
