using Microsoft.Data.Sqlite;

namespace MallVip.Grains.Journal;

/// <summary>
/// A SQLite journal opened for reading only, for commands beside a running silo: no lock, short transactions.
/// Where grains stand is read once from the silo's own head index, then from the journal's tail.
/// </summary>
public sealed class SqliteJournalReader : SqliteReading
{
    private readonly Lock _gate = new();
    private readonly string _directory;
    private readonly string _journalId;
    private HeadDirectory? _heads;
    private long _headsPos;

    private SqliteJournalReader(string directory)
        : base(directory, mapped: true)
    {
        _directory = directory;
        try
        {
            _journalId = JournalPool.Read(JournalSchema.Check);
            Commits.Advance(JournalPool.Read(LastPos));
        }
        catch
        {
            JournalPool.Dispose();
            throw;
        }
    }

    /// <summary>Opens the journal of a directory.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="JournalTooNewException">A newer build wrote it.</exception>
    /// <exception cref="JournalDamagedException">The file is no journal.</exception>
    public static SqliteJournalReader Open(string directory)
    {
        var path = Path.Combine(directory, JournalSchema.FileName);
        return File.Exists(path)
            ? new SqliteJournalReader(directory)
            : throw new FileNotFoundException($"{directory} holds no journal.", path);
    }

    private protected override ValueTask CloseAsync()
    {
        JournalPool.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override HeadDirectory Heads()
    {
        lock (_gate)
        {
            _heads ??= LoadHeads();
            _headsPos = JournalPool.Read(file => HeadPages.LoadTail(file, _heads, _headsPos));
            return _heads;
        }
    }

    /// <summary>The head index as the silo saved it; an empty one, to be filled from the journal, when it
    /// cannot be used.</summary>
    private HeadDirectory LoadHeads()
    {
        var path = Path.Combine(_directory, IndexSchema.FileName);
        if (!File.Exists(path))
            return new HeadDirectory();
        try
        {
            using var index = SqliteFile.OpenForReading(path);
            index["BEGIN"].Run();
            var heads = new HeadDirectory();
            if (IndexSchema.Mismatch(index, _journalId, Reads.Knows) is null)
                _headsPos = HeadPages.LoadPages(index, heads);
            return heads;
        }
        catch (Exception unusable) when (unusable is SqliteException or JournalDamagedException)
        {
            _headsPos = 0;
            return new HeadDirectory();
        }
    }

    private static long LastPos(SqliteFile file)
    {
        var row = file[RowReader.LastPos];
        row.Step();
        var pos = row.Int64(0);
        row.Reset();
        return pos;
    }
}
