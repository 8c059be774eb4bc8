using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MallVip.Grains.Journal;

/// <summary>An open connection to one of the journal's two files, with its prepared statements. Used by one
/// thread at a time.</summary>
internal sealed class SqliteFile : IDisposable
{
    /// <summary>The most that SQLite maps as it is built by default.</summary>
    private const string MappedBytes = "2147418112";

    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteFile(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>Opens a file for writing, in WAL mode; creates it if it is missing.</summary>
    /// <param name="keepsLog">Whether commits move the log into the file now and then; else somebody does.
    /// </param>
    public static SqliteFile OpenForWriting(string path, string synchronous, bool keepsLog = true)
    {
        var file = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            file.Execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=" + synchronous
                + "; PRAGMA wal_autocheckpoint=" + (keepsLog ? "4000" : "0")
                + "; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens an existing file for reading beside a writer. Not in SQLite's read-only mode: that one
    /// cannot recover a WAL that a killed process left.</summary>
    /// <param name="mapped">Whether the file's first 2 GiB are read through memory, which spares a call and a
    /// copy for each page. A disk that fails to give a page then ends the process: not for a silo.</param>
    public static SqliteFile OpenForReading(string path, bool mapped = false)
    {
        var file = Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            file.Execute("PRAGMA query_only=1; PRAGMA cache_size=-4096; PRAGMA mmap_size="
                + (mapped ? MappedBytes : "0"));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The statement of a text, prepared once.</summary>
    public SqliteStatement this[string sql]
    {
        get
        {
            if (_statements.TryGetValue(sql, out var statement))
                return statement;
            statement = new SqliteStatement(Connection, sql);
            _statements.Add(sql, statement);
            return statement;
        }
    }

    /// <summary>Runs statements that are needed once.</summary>
    public void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs something as one transaction.</summary>
    /// <exception cref="JournalUnreachableException">The disk is full or takes no writes.</exception>
    public void Transact(Action work)
    {
        try
        {
            this["BEGIN IMMEDIATE"].Run();
            work();
            this["COMMIT"].Run();
        }
        catch (Exception failure)
        {
            RollBack();
            if (SqliteFailure.Explain(failure) is { } said)
                throw said;
            throw;
        }
    }

    /// <summary>Moves the whole WAL into the file and syncs it.</summary>
    /// <exception cref="IOException">A reading held it up beyond the time-out.</exception>
    public void Checkpoint(string mode)
    {
        var row = this["PRAGMA wal_checkpoint(" + mode + ")"];
        row.Step();
        var busy = row.Int64(0) != 0;
        row.Reset();
        if (busy)
            throw new IOException("A reading held up the checkpoint of " + Connection.DataSource + ".");
    }

    /// <summary>Empties the WAL if it has outgrown a size: while many read, the automatic checkpoints may
    /// never find a moment to begin it anew. Waits for readings to end, which are short.</summary>
    public void ShrinkWal(long maxBytes)
    {
        var wal = new FileInfo(Connection.DataSource + "-wal");
        if (wal.Exists && wal.Length > maxBytes)
            this["PRAGMA wal_checkpoint(TRUNCATE)"].Run();
    }

    /// <summary>Ends a transaction that failed, if SQLite has not ended it itself.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
            this["ROLLBACK"].Run();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        Connection.Dispose();
    }

    private static SqliteFile Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            var file = new SqliteFile(connection);
            file.Execute("PRAGMA busy_timeout=10000");
            return file;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
