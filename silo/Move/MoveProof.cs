using MallVip.Grains.Journal;
using MallVip.Silo.Texts;
using MallVip.Silo.Verify;

namespace MallVip.Silo.Move;

/// <summary>What both sides of a move hold, line by line.</summary>
/// <param name="Lines">What was counted, and what each side answered.</param>
public sealed record MoveProof(IReadOnlyList<(string What, string Folder, string Database)> Lines)
{
    private const int PrintDigits = 16;

    /// <summary>Whether nothing differs.</summary>
    public bool IsSame => Lines.All(line => line.Folder == line.Database);

    /// <summary>Puts two audits and the tables beside each other.</summary>
    public static MoveProof Of(AuditResult folder, AuditResult database, IEnumerable<MovedCount> tables)
    {
        var lines = new List<(string, string, string)>();
        void Add(string key, Func<AuditResult, long> count) => lines.Add((
            ConsoleText.Current.Format(key), $"{count(folder):N0}", $"{count(database):N0}"));
        Add("move.entries", audit => audit.Journal.Entries);
        Add("move.batches", audit => audit.Journal.Batches);
        Add("move.grains", audit => audit.Journal.Grains);
        Add("move.keys", audit => audit.Journal.Keys);
        Add("move.ledgers", audit => audit.Members);
        Add("move.lines", audit => audit.Lines);
        Add("move.problems", audit => audit.Journal.ProblemCount + audit.LedgerProblemCount);
        lines.Add((ConsoleText.Current.Format("move.roots"), Roots(folder), Roots(database)));
        lines.AddRange(tables.Select(table => (table.Table, Text(table.Folder), Text(table.Database))));
        return new(lines);
    }

    /// <summary>Both sides in columns; <c>=</c> or <c>!</c> before what was counted.</summary>
    public void Write(TextWriter output)
    {
        var (left, right) = (Lines.Max(line => line.Folder.Length), Lines.Max(line => line.Database.Length));
        foreach (var (what, folder, database) in Lines)
        {
            var sign = folder == database ? '=' : '!';
            output.WriteLine($"  {folder.PadLeft(left)}  {database.PadLeft(right)}  {sign} {what}");
        }
    }

    private static string Roots(AuditResult audit) => audit.Journal.Anchor.Roots.Count == 0
        ? "-"
        : string.Join(' ', audit.Journal.Anchor.Roots.Select(
            root => $"{root.Writer}/{root.Batch} {root.Root[..PrintDigits]}"));

    private static string Text(MovedRows rows) => $"{rows.Rows:N0} {rows.Print[..PrintDigits]}";
}
