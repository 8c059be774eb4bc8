using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MallVip.Grains.Journal;

/// <summary>
/// The journal on SQLite: <c>journal.db</c> (synchronous=FULL) and <c>index.db</c> (NORMAL, made again from
/// the first when it is missing or torn), under an OS lock for the life of the process. Each file has one
/// writing connection behind a lock; readings use connections of their own and never wait for a writer.
/// </summary>
public sealed partial class SqliteJournal : SqliteReading, IJournal
{
    private readonly SqliteJournalOptions _options;
    private readonly JournalLock _lock;
    private readonly Lock _journalGate = new();
    private readonly Lock _indexGate = new();
    private readonly SqliteFile _journal;
    private readonly string _directory;
    private readonly string _journalId;
    private readonly RowWriter _rows;
    private HeadDirectory _heads = null!;
    private volatile IndexFile _index;
    private long _headCheckpoint;
    private long _lastPos;
    private volatile bool _hasFailed;

    private SqliteJournal(
        string directory, JournalLock held, SqliteFile journal, SqliteJournalOptions options)
        : base(directory, mapped: false)
    {
        _options = options;
        _lock = held;
        _directory = directory;
        _journal = journal;
        _journalId = JournalSchema.Ensure(journal);
        journal.Execute("PRAGMA secure_delete=ON");
        _lastInbox = InboxTable.LastPos(journal);
        _rows = new RowWriter(journal);
        _index = OpenIndex(out var replaced);
        IndexReplacedBecause = replaced;
    }

    /// <summary>Why <c>index.db</c> was made anew at this start, for the operator's log; null when it was
    /// not.</summary>
    public string? IndexReplacedBecause { get; }

    /// <summary>Grains with at least one entry.</summary>
    public long Grains => _heads.Count;

    /// <summary>Opens or creates the journal in a directory (created too).</summary>
    /// <exception cref="JournalLockedException">Another process has it open.</exception>
    /// <exception cref="JournalMovedException">It is in a database now.</exception>
    /// <exception cref="JournalTooNewException">A newer build wrote it.</exception>
    /// <exception cref="JournalDamagedException">The file is no journal.</exception>
    /// <exception cref="SqliteException">The file cannot be read or written.</exception>
    public static SqliteJournal Open(string directory, SqliteJournalOptions? options = null)
    {
        Directory.CreateDirectory(directory);
        var held = JournalLock.Take(directory);
        SqliteFile? journal = null;
        try
        {
            MoveMark.Refuse(directory);
            journal = SqliteFile.OpenForWriting(Path.Combine(directory, JournalSchema.FileName), "FULL");
            return new SqliteJournal(directory, held, journal, options ?? new SqliteJournalOptions());
        }
        catch (Exception e)
        {
            journal?.Dispose();
            held.Dispose();
            if (e is SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB } foreign)
                throw new JournalDamagedException(
                    $"{directory} holds a {JournalSchema.FileName} that is no journal.", foreign);
            throw;
        }
    }

    public bool TryGetHead(GrainKey grain, out HeadPlace head)
    {
        head = _heads.Get(grain);
        return true;
    }

    /// <summary>When the last append failed, something of the size of a batch is written and deleted
    /// again.</summary>
    /// <exception cref="JournalUnreachableException">The disk is full or takes no writes.</exception>
    public ValueTask CheckAsync(CancellationToken cancel = default)
    {
        if (!_hasFailed)
            return ValueTask.CompletedTask;
        Write(file => JournalSchema.SetMeta(file, "trial", new string('x', 1 << 18)));
        Write(file => file["DELETE FROM meta WHERE name = 'trial'"].Run());
        _hasFailed = false;
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the head checkpoint and closes. Nothing may use it any more.</summary>
    private protected override ValueTask CloseAsync()
    {
        try
        {
            CheckpointHeads();
        }
        catch (IndexRebuildingException)
        {
            // The next start finds an older head checkpoint, or the damage, and reads the journal.
        }

        lock (_indexGate)
            _index.Dispose();
        JournalPool.Dispose();
        lock (_journalGate)
            _journal.Dispose();
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override HeadDirectory Heads() => _heads;

    private IndexFile OpenIndex(out string? replaced)
    {
        var file = IndexSchema.Open(_directory, _journalId, Reads.Knows, out replaced);
        var index = new IndexFile(_directory, file);
        try
        {
            Recover(index);
            return index;
        }
        catch (Exception e) when (replaced is null && (e is SqliteException or JournalDamagedException))
        {
            index.Dispose();
            replaced = "it cannot be read: " + e.Message;
        }
        catch
        {
            index.Dispose();
            throw;
        }

        // Damage inside the old file; if the journal itself is damaged, this fails too and says so.
        index = new IndexFile(_directory, IndexSchema.Replace(_directory, _journalId));
        Recover(index);
        return index;
    }

    private void Recover(IndexFile index)
    {
        _heads = new HeadDirectory();
        var last = _journal[RowReader.LastPos];
        last.Step();
        _lastPos = last.Int64(0);
        last.Reset();
        _headCheckpoint = HeadPages.LoadPages(index.File, _heads);
        HeadPages.LoadTail(_journal, _heads, _headCheckpoint);
        index.Keys.Load(index.File);
        Commits.Advance(_lastPos);
    }
}
