using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Client.Wire;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Publishing;

/// <summary>Shows publishes, changes and findings on a terminal.</summary>
internal static class ProgrammePrinter
{
    /// <summary>One publish in a line.</summary>
    public static string Line(PublicationBody made) => string.Create(
        CultureInfo.InvariantCulture,
        $"{made.Number,5}  {made.Version[..12]}  {Word("state." + made.State),-10}  "
        + $"{made.EffectiveAt.ToLocalTime():yyyy-MM-dd HH:mm:ss zzz}  "
        + $"{Word("how." + made.How)}  {made.Author}"
        + $"{(made.Note.Length == 0 ? "" : "  " + made.Note)}").TrimEnd();

    /// <summary>One line per change: + added, - removed, ~ changed.</summary>
    public static void Write(IEnumerable<ChangeBody> changes, TextWriter output)
    {
        foreach (var change in changes)
        {
            var mark = change.Change switch
            {
                "added" => '+',
                "removed" => '-',
                _ => '~',
            };
            var place = $"{change.File}:{change.Line}";
            output.WriteLine($"  {mark} {Word("what." + change.What)} {change.Id} ({place})");
        }
    }

    /// <summary><c>file:line:column: error CODE: message hint</c>, in the operator's language.</summary>
    public static void Write(IEnumerable<DiagnosticBody> findings, TextWriter output)
    {
        foreach (var found in findings)
            output.WriteLine(
                $"{found.File}:{found.Line}:{found.Column}: {found.Severity} {found.Code}: "
                + $"{In(found.Message)}{(found.Hint is { } hint ? " " + In(hint) : "")}");
    }

    /// <summary>An answer as one line of JSON.</summary>
    public static void Write<T>(T body, JsonTypeInfo<T> type, TextWriter output) =>
        output.WriteLine(JsonSerializer.Serialize(body, type));

    private static string In(BothTexts texts) => ConsoleText.IsChinese() ? texts.Zh : texts.En;

    /// <summary>A word of the API in the operator's language; one that is new stays as it is.</summary>
    private static string Word(string key) =>
        ConsoleText.Current.Has("programme." + key)
            ? ConsoleText.Current.Format("programme." + key)
            : key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
