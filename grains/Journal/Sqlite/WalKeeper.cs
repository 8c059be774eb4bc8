using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MallVip.Grains.Journal;

/// <summary>
/// Moves what has gathered in the journal's write-ahead log into its file, beside the writer: within a commit
/// that would hold up all who wait for it, for the time that some 30 MB take to be copied and synced.
/// </summary>
/// <param name="writer">The file's writing connection, which does not do it by itself.</param>
/// <param name="gate">Held by whoever uses that connection.</param>
internal sealed class WalKeeper(string path, SqliteFile writer, Lock gate) : IDisposable
{
    /// <summary>Pages of 8 KiB after which the log is moved.</summary>
    private const int Pages = 4_000;

    private const int PagesWritten = 9;

    // To be taken before the writer's gate.
    private readonly Lock _alone = new();
    private SqliteFile? _file;
    private long _gathered;
    private volatile Thread? _moving;

    /// <summary>Uses the writing connection while nothing moves the log: SQLite refuses to move it twice at
    /// once.</summary>
    public T Alone<T>(Func<SqliteFile, T> work)
    {
        lock (_alone)
        {
            lock (gate)
                return work(writer);
        }
    }

    /// <inheritdoc cref="Alone{T}"/>
    public void Alone(Action<SqliteFile> work) => Alone(file =>
    {
        work(file);
        return true;
    });

    /// <summary>Something was committed. Called under the writer's gate.</summary>
    public void Noted()
    {
        _ = raw.sqlite3_db_status(writer.Connection.Handle, PagesWritten, out var pages, out _, 1);
        _gathered += pages;
        if (_gathered < Pages || _moving is { IsAlive: true })
            return;
        _gathered = 0;
        _moving = new(Move) { Name = "journal log", IsBackground = true };
        _moving.Start();
    }

    /// <summary>Waits for what is under way. Called without the writer's gate, when nothing is written any
    /// more.</summary>
    public void Dispose()
    {
        _moving?.Join();
        _file?.Dispose();
    }

    /// <summary>All that is there beside the writer; what has come meanwhile, which is little, in its place:
    /// then the next commit begins the log anew.</summary>
    private void Move()
    {
        lock (_alone)
        {
            try
            {
                _file ??= SqliteFile.OpenForWriting(path, "FULL");
                _file["PRAGMA wal_checkpoint(PASSIVE)"].Run();
                lock (gate)
                    writer["PRAGMA wal_checkpoint(PASSIVE)"].Run();
            }
            catch (SqliteException)
            {
                // The log keeps what could not be moved, as where SQLite does it by itself: the next time is
                // some pages away, and housekeeping fails aloud once the log is too large.
            }
        }
    }
}
