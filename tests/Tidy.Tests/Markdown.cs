using System.Text;
using System.Text.RegularExpressions;

namespace MallVip.Tidy.Tests;

/// <summary>The little of Markdown that the checks need: fences, links and headings.</summary>
internal static partial class Markdown
{
    private static readonly string[] Shells = ["sh", "bash", "shell", "console"];

    /// <summary>The commands of the shell blocks in order, each on one line, without comments.</summary>
    public static IReadOnlyList<Command> Commands(TextFile file)
    {
        var commands = new List<Command>();
        var pending = new StringBuilder();
        foreach (var (line, text) in Shell(file))
        {
            if (pending.Length == 0 && (text.Length == 0 || text.StartsWith('#')))
                continue;
            pending.Append(text.EndsWith('\\') ? text[..^1] : text).Append(' ');
            if (text.EndsWith('\\'))
                continue;
            commands.Add(new Command(file.Path, line, Narrow(pending.ToString())));
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

    /// <summary>One text on one line: continued lines joined, runs of white space as one blank.</summary>
    public static string Narrow(string text) =>
        White().Replace(text.Replace("\\\n", " ", StringComparison.Ordinal), " ").Trim();

    private static IEnumerable<(int Line, string Text)> Prose(TextFile file) =>
        Walk(file).Where(line => line.Language is null).Select(line => (line.Line, line.Text));

    private static IEnumerable<(int Line, string Text)> Shell(TextFile file) =>
        Walk(file).Where(line => Shells.Contains(line.Language)).Select(l => (l.Line, l.Text.Trim()));

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

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}

/// <summary>A shell command that a document tells its reader to type.</summary>
internal sealed record Command(string Path, int Line, string Text);
