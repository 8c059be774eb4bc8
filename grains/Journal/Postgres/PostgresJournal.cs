using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// The journal in PostgreSQL 15 or later. One connection writes, a pool reads. The unique key (grain, seq) is
/// the fence between writers: an entry that another has written is a known conflict.
/// </summary>
public sealed partial class PostgresJournal : PostgresReading, IJournal
{
    private readonly NpgsqlDataSource _writing;
    private readonly HeadCache _heads;
    private readonly KeyFilter _keys = new();
    private readonly WrittenKeys _written = new();
    private readonly BatchTransaction _transaction;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource<JournalReplacedException> _replaced =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DatabaseIdentity _identity = null!;
    private BatchRoot _last;
    private bool _hasFailed;
    private volatile JournalLockedException? _lockedOut;
    private WriteSession? _session;
    private (int Pid, DateTime Since) _backend;

    private PostgresJournal(PostgresOptions options)
        : base(options)
    {
        _writing = PostgresConnections.Create(options.ConnectionString, pooled: false);
        _heads = new HeadCache(options.RememberedHeads, options.HeadsBelieved);
        _transaction = new BatchTransaction(_heads, options.Time);
    }

    /// <summary>Ends when the database turned out to be another than this process wrote to. Nothing is
    /// written from then on: all that the process remembers is void, and it must start again.</summary>
    public Task<JournalReplacedException> Replaced => _replaced.Task;

    /// <summary>Opens the journal of a migrated database and takes its writer's number.</summary>
    /// <exception cref="JournalUnreachableException">It cannot be reached, refuses the user or takes no
    /// writes.</exception>
    /// <exception cref="JournalTooNewException">A newer build has migrated it.</exception>
    /// <exception cref="JournalSchemaException">It was not migrated, or not to the end.</exception>
    /// <exception cref="JournalLockedException">Another process writes under this number.</exception>
    /// <exception cref="JournalOfAnotherClusterException">Silos of another cluster write.</exception>
    /// <exception cref="JournalHalfMovedException">A move has not finished filling it.</exception>
    public static async ValueTask<PostgresJournal> OpenAsync(
        PostgresOptions options, CancellationToken cancel = default)
    {
        var journal = new PostgresJournal(options);
        await journal.StartAsync(cancel);
        return journal;
    }

    public bool TryGetHead(GrainKey grain, out HeadPlace head)
    {
        head = default;
        return false;
    }

    public override async ValueTask<JournalHead> HeadAsync(
        GrainKey grain, CancellationToken cancel = default)
    {
        var head = await base.HeadAsync(grain, cancel);
        _heads.Set(grain, new HeadPlace(head.Seq, head.Pos));
        return head;
    }

    public override async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default)
    {
        var entries = await base.ReadAsync(grain, afterSeq, cancel);
        if (entries.Count > 0)
            _heads.Set(grain, new HeadPlace(entries[^1].Seq, entries[^1].Pos));
        return entries;
    }

    /// <summary>Whether the database answers, and, when the last append failed, whether it takes writes
    /// again.</summary>
    /// <exception cref="JournalUnreachableException">It does not.</exception>
    /// <exception cref="JournalLockedException">Another process has taken this writer's
    /// number.</exception>
    public async ValueTask CheckAsync(CancellationToken cancel = default)
    {
        if (_lockedOut is { } taken)
            throw taken;
        if (!Volatile.Read(ref _hasFailed))
        {
            await GetMetaAsync("probe", cancel);
            return;
        }

        await TryWriteAsync(cancel);
        Volatile.Write(ref _hasFailed, false);
    }

    /// <summary>Writes as batches do, and takes it back: a full disk has room for a short row for
    /// long.</summary>
    private async Task TryWriteAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await using var command = new NpgsqlCommand(EntryRows.Trial, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Explain(failure, Options.ConnectionString);
        }
    }

    /// <summary>What the database promises for a commit, and how its clock stands to ours.</summary>
    /// <exception cref="JournalUnreachableException">It does not answer.</exception>
    public async ValueTask<DatabaseState> StateAsync(CancellationToken cancel = default) =>
        (await DatabaseState.ReadAsync(Queries, Options.Time, cancel))!;

    public ValueTask MaintainAsync(CancellationToken cancel = default) => ValueTask.CompletedTask;

    private protected override async Task BeginAsync(CancellationToken cancel)
    {
        _session = await WriteSession.OpenAsync(_writing, Options, Options.IsShared, null, cancel);
        Options = Options with { Writer = _session.Writer };
        _backend = _session.Backend;
        // What an earlier process could not confirm is answered as written from here on.
        await _session.SettleAsync(cancel);
        _identity = await DatabaseIdentity.ReadAsync(_session.Connection, cancel);
        _heads.Now = _identity.Clock;
        _last = await NewestRootAsync(_session.Connection, cancel);
        KeysKnownTo = await KeysPositionAsync(cancel);
        await _keys.LoadAsync(Source, cancel);
        _lastInbox = await LastInboxAsync(cancel);
    }

    private protected override async ValueTask CloseAsync()
    {
        if (_session is not null)
        {
            await _session.LeaveAsync();
            await _session.DisposeAsync();
        }

        await _writing.DisposeAsync();
        _turn.Dispose();
        _inboxTurn.Dispose();
    }
}
