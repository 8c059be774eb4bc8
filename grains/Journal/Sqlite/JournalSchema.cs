using System.Globalization;
using System.Security.Cryptography;

namespace MallVip.Grains.Journal;

/// <summary>The tables of <c>journal.db</c>, and which builds may open them.</summary>
internal static class JournalSchema
{
    /// <summary>The schema this build writes, and the highest it reads.</summary>
    public const int Version = 2;

    public const string FileName = "journal.db";

    private const string Tables = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE journal(
          pos INTEGER PRIMARY KEY, writer INTEGER NOT NULL, batch INTEGER NOT NULL, grain BLOB NOT NULL,
          seq INTEGER NOT NULL, prev_pos INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, key BLOB,
          content_hash BLOB, extra_keys BLOB, actor TEXT NOT NULL, rules_version TEXT NOT NULL,
          prev_hash BLOB NOT NULL, hash BLOB NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE TABLE batch_root(writer INTEGER NOT NULL, batch INTEGER NOT NULL, root BLOB NOT NULL,
          PRIMARY KEY(writer, batch)) STRICT, WITHOUT ROWID;
        CREATE TABLE due(grain BLOB PRIMARY KEY, at INTEGER NOT NULL, claimed_until INTEGER NOT NULL)
          STRICT, WITHOUT ROWID;
        CREATE INDEX due_at ON due(at, grain);
        CREATE TABLE checkpoint(reader TEXT PRIMARY KEY, epoch INTEGER NOT NULL, position TEXT NOT NULL,
          owner TEXT NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE person(handle BLOB PRIMARY KEY, member BLOB NOT NULL, kind TEXT NOT NULL,
          value TEXT NOT NULL)
          STRICT, WITHOUT ROWID;
        CREATE INDEX person_member ON person(member);
        CREATE TABLE rules_version(version TEXT PRIMARY KEY, at INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
        """;

    /// <summary>What version 2 has and version 1 has not. Nothing else differs.</summary>
    private const string InboxTables = """
        CREATE TABLE inbox(
          pos INTEGER PRIMARY KEY, key BLOB NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
          rules_version TEXT NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE INDEX inbox_key ON inbox(key);
        CREATE TABLE inbox_refusal(key BLOB PRIMARY KEY, at INTEGER NOT NULL, body BLOB NOT NULL)
          STRICT, WITHOUT ROWID;
        CREATE INDEX inbox_refusal_at ON inbox_refusal(at);
        """;

    /// <summary>Creates the tables in an empty file, or checks that this build may use those that are
    /// there and adds what an older build did not know.</summary>
    /// <returns>The journal's random id.</returns>
    public static string Ensure(SqliteFile file)
    {
        if (file["SELECT 1 FROM sqlite_schema WHERE name = 'meta'"] is var probe && probe.Step())
        {
            probe.Reset();
            var known = Check(file);
            if (GetMeta(file, "schema") == "1")
                file.Transact(() => AddInbox(file));
            return known;
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        file.Transact(() =>
        {
            file.Execute(Tables);
            AddInbox(file);
            SetMeta(file, "journal_id", id);
        });
        return id;
    }

    private static void AddInbox(SqliteFile file)
    {
        file.Execute(InboxTables);
        SetMeta(file, "schema", Version.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Checks that this build may read the journal.</summary>
    /// <returns>The journal's random id.</returns>
    /// <exception cref="JournalTooNewException">A newer build wrote it.</exception>
    /// <exception cref="JournalDamagedException">It is no journal.</exception>
    public static string Check(SqliteFile file)
    {
        var id = GetMeta(file, "journal_id");
        if (id is null
            || !int.TryParse(
                GetMeta(file, "schema"), NumberStyles.None, CultureInfo.InvariantCulture, out var schema))
        {
            throw new JournalDamagedException($"{file.Connection.DataSource} is no journal.");
        }

        return schema <= Version ? id : throw new JournalTooNewException(schema, Version);
    }

    public static string? GetMeta(SqliteFile file, string name)
    {
        var statement = file["SELECT value FROM meta WHERE name = ?1"].Bind(1, name);
        if (!statement.Step())
            return null;
        var value = statement.Text(0);
        statement.Reset();
        return value;
    }

    public static void SetMeta(SqliteFile file, string name, string value) =>
        file["INSERT INTO meta(name, value) VALUES(?1, ?2) "
            + "ON CONFLICT(name) DO UPDATE SET value = excluded.value"]
            .Bind(1, name).Bind(2, value).Run();
}
