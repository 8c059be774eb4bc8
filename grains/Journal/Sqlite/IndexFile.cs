using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MallVip.Grains.Journal;

/// <summary>One <c>index.db</c>, open: its writing connection, its pool for reading and the dedupe index in
/// it. Replaced as a whole when it is found damaged.</summary>
internal sealed class IndexFile : IDisposable
{
    private volatile string? _damage;

    public IndexFile(string directory, SqliteFile file)
    {
        File = file;
        Pool = new FilePool(Path.Combine(directory, IndexSchema.FileName));
        Keys = new KeyRuns(Pool);
    }

    /// <summary>For who holds the writers' lock.</summary>
    public SqliteFile File { get; }

    public FilePool Pool { get; }

    public KeyRuns Keys { get; }

    /// <summary>What was found wrong first; null: nothing.</summary>
    public string? Damage => _damage;

    /// <summary>True for what says that the file holds other bytes than were written to it, not that the disk
    /// or a lock is in the way. Notes it.</summary>
    public bool NoteDamage(Exception failure)
    {
        if (failure is not (JournalDamagedException
            or SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB }))
            return false;
        _damage ??= failure.Message;
        return true;
    }

    public void Dispose()
    {
        Pool.Dispose();
        File.Dispose();
    }
}
