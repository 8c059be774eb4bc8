namespace MallVip.Grains.Journal;

/// <summary>The data folder of a move: locked, so that nothing is written to it meanwhile.</summary>
internal sealed class MoveSource : IDisposable
{
    private readonly JournalLock _lock;
    private readonly SqliteFile _file;

    private MoveSource(string directory, JournalLock held, SqliteFile file)
    {
        (Directory, _lock, _file) = (directory, held, file);
        JournalId = JournalSchema.Ensure(file);
    }

    public string Directory { get; }

    /// <summary>The journal's random id.</summary>
    public string JournalId { get; }

    /// <exception cref="FileNotFoundException">There is no journal.</exception>
    /// <exception cref="JournalLockedException">A process uses it.</exception>
    /// <exception cref="JournalTooNewException">A newer build wrote it.</exception>
    /// <exception cref="JournalDamagedException">The file is no journal.</exception>
    public static MoveSource Open(string directory)
    {
        var path = Path.Combine(directory, JournalSchema.FileName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{directory} holds no journal.", path);
        var held = JournalLock.Take(directory);
        SqliteFile? file = null;
        try
        {
            file = SqliteFile.OpenForWriting(path, "FULL");
            return new MoveSource(directory, held, file);
        }
        catch
        {
            file?.Dispose();
            held.Dispose();
            throw;
        }
    }

    public long Count(MovedTable table)
    {
        var row = _file[table.Count];
        row.Step();
        var count = row.Int64(0);
        row.Reset();
        return count;
    }

    /// <summary>A table's rows in order; each is valid until the next.</summary>
    public IEnumerable<SqliteStatement> Rows(MovedTable table)
    {
        var row = _file[table.FromFolder];
        while (row.Step())
            yield return row;
    }

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }
}
