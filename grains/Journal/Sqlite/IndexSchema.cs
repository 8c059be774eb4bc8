using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MallVip.Grains.Journal;

/// <summary>The tables of <c>index.db</c>. All of it can be made again from the journal, so a file that is
/// missing, torn, of another schema or of another journal is simply replaced.</summary>
internal static class IndexSchema
{
    public const int Version = 2;

    public const string FileName = "index.db";

    private const string Tables = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE head(shard INTEGER PRIMARY KEY, page BLOB NOT NULL) STRICT;
        CREATE TABLE snapshot(grain BLOB PRIMARY KEY, seq INTEGER NOT NULL, schema INTEGER NOT NULL,
          state BLOB NOT NULL) STRICT;
        CREATE TABLE milestone(grain BLOB NOT NULL, seq INTEGER NOT NULL, schema INTEGER NOT NULL,
          state BLOB NOT NULL, PRIMARY KEY(grain, seq)) STRICT;
        CREATE TABLE checkpoint(reader TEXT PRIMARY KEY, epoch INTEGER NOT NULL, position TEXT NOT NULL,
          owner TEXT NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE dedupe_run(run INTEGER PRIMARY KEY, level INTEGER NOT NULL, count INTEGER NOT NULL,
          fences BLOB NOT NULL, filter BLOB NOT NULL) STRICT;
        CREATE TABLE dedupe(id INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT;
        """;

    /// <summary>Opens the index of a journal, or a new empty one in its place.</summary>
    /// <param name="directory">Where both files are.</param>
    /// <param name="journalId">The journal's random id.</param>
    /// <param name="knows">Whether the journal has this entry: an index ahead of its journal is another
    /// journal's.</param>
    /// <param name="replaced">Why the old index was replaced; null when it was not.</param>
    public static SqliteFile Open(
        string directory, string journalId, Func<long, string, bool> knows, out string? replaced)
    {
        var path = Path.Combine(directory, FileName);
        replaced = File.Exists(path) ? null : "it was missing";
        if (replaced is null && TryOpen(path, journalId, knows, out var file, out replaced))
            return file;
        return Replace(directory, journalId);
    }

    /// <summary>Puts a new empty index in the place of whatever is there.</summary>
    public static SqliteFile Replace(string directory, string journalId)
    {
        var path = Path.Combine(directory, FileName);
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            File.Delete(path + suffix);
        var file = SqliteFile.OpenForWriting(path, "NORMAL");
        file.Transact(() =>
        {
            file.Execute(Tables);
            JournalSchema.SetMeta(file, "schema", Version.ToString(CultureInfo.InvariantCulture));
            JournalSchema.SetMeta(file, "journal_id", journalId);
        });
        return file;
    }

    private static bool TryOpen(
        string path, string journalId, Func<long, string, bool> knows, out SqliteFile file, out string? why)
    {
        SqliteFile? opened = null;
        file = null!;
        try
        {
            opened = SqliteFile.OpenForWriting(path, "NORMAL");
            why = Mismatch(opened, journalId, knows);
        }
        catch (SqliteException e)
        {
            why = "it cannot be read: " + e.Message;
        }

        if (why is not null)
        {
            opened?.Dispose();
            return false;
        }

        file = opened!;
        return true;
    }

    /// <summary>Why the index is not this journal's; null: it is.</summary>
    public static string? Mismatch(SqliteFile file, string journalId, Func<long, string, bool> knows)
    {
        if (JournalSchema.GetMeta(file, "schema") != Version.ToString(CultureInfo.InvariantCulture))
            return "it has another schema";
        if (JournalSchema.GetMeta(file, "journal_id") != journalId)
            return "it belongs to another journal";
        if (JournalSchema.GetMeta(file, HeadPages.PosName) is not { } pos
            || JournalSchema.GetMeta(file, HeadPages.HashName) is not { } hash)
            return null;
        return knows(long.Parse(pos, CultureInfo.InvariantCulture), hash)
            ? null
            : "it is ahead of its journal";
    }
}
