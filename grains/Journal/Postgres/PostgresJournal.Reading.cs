using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Checkpoints of readers, and the dedupe index with its filter.</summary>
public sealed partial class PostgresJournal
{
    // The rules of CheckpointRules, in one statement each: the row's lock tells two silos apart.
    private const string Lease = """
        INSERT INTO checkpoint AS c (home, reader, epoch, position, owner, until)
        VALUES ($1, $2, 1, $3, $4, $6)
        ON CONFLICT (home, reader) DO UPDATE
        SET epoch = CASE WHEN c.owner = excluded.owner THEN c.epoch ELSE c.epoch + 1 END,
            owner = excluded.owner, until = excluded.until
        WHERE c.owner = excluded.owner OR c.until <= $5
        RETURNING position, owner, epoch, until
        """;

    private const string Move = """
        UPDATE checkpoint SET position = $5, until = $6
        WHERE home = $1 AND reader = $2 AND epoch = $3 AND position = $4
        """;

    // Keys come from memory too, so that the database must still be the one in which their entries are.
    private const string MoveAndAdd = $"""
        WITH moved AS (UPDATE checkpoint SET position = $5, until = $6
                       WHERE home = $1 AND reader = $2 AND epoch = $3 AND position = $4
                         AND ($9, $10) = ({DatabaseIdentity.Now}) RETURNING 1),
             added AS (INSERT INTO dedupe(key, pos) SELECT n.key, n.pos FROM unnest($7, $8) AS n(key, pos), moved
        """;

    private const string AddKeys = MoveAndAdd + ") SELECT count(*) FROM moved";

    // Looks for each key twice, which a key that two entries carry needs; they are few.
    private const string AddSomeKeys =
        MoveAndAdd + " ON CONFLICT DO NOTHING) SELECT count(*) FROM moved";

    public string? KeysTrouble => null;

    /// <summary>That of the index before its keys were read.</summary>
    public TailPosition KeysKnownTo { get; private set; }

    public async ValueTask<Checkpoint?> GetCheckpointAsync(
        ReaderId reader, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT position, owner, epoch, until FROM checkpoint WHERE home = $1 AND reader = $2",
            command => command.With((short)reader.Home).With(reader.Name), CheckpointAt, cancel);

    public async ValueTask<Checkpoint?> LeaseCheckpointAsync(
        ReaderId reader, string owner, DateTimeOffset now, DateTimeOffset until,
        CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            Lease,
            command => command.With((short)reader.Home).With(reader.Name).With(TailPosition.Start.ToString())
                .With(owner).With(StoredTime.From(now)).With(StoredTime.From(until)),
            CheckpointAt, cancel);

    public async ValueTask<bool> CompareAndSetCheckpointAsync(
        CheckpointMove move, CancellationToken cancel = default) =>
        await Queries.RunAsync(Move, command => With(command, move), cancel) == 1;

    /// <summary>Where nobody else writes, what was written just now comes from memory.</summary>
    public override ValueTask<KeyPage> TailKeysAsync(
        TailPosition after, int max, CancellationToken cancel = default) =>
        _written.TryTake(after, max, out var page)
            ? new(page)
            : base.TailKeysAsync(after, max, cancel);

    /// <summary>Most keys are new: the filter in memory says so without asking.</summary>
    public ValueTask<long> FindKeyAsync(EventKey key, CancellationToken cancel = default) =>
        _keys.MayContain(key) ? AskKeyAsync(key, cancel) : new ValueTask<long>(0);

    /// <exception cref="JournalReplacedException">The database is another than this process wrote
    /// to.</exception>
    public async ValueTask<bool> AddKeysAsync(
        IReadOnlyList<KeyAt> keys, CheckpointMove move, CancellationToken cancel = default)
    {
        var lowest = KeyAt.Lowest(keys);
        // A key that the filter holds too early only costs a question. On a shared journal it is there.
        if (!IsShared)
            NoteKeys(lowest);
        var isDone = await AddAsync(AddKeys, lowest, move, cancel)
            ?? await AddAsync(AddSomeKeys, lowest, move, cancel) ?? false;
        if (isDone)
            return true;
        _written.Clear();
        await RefuseIfReplacedAsync(cancel);
        return false;
    }

    public void NoteKeys(IReadOnlyList<KeyAt> keys) => _keys.Add(keys.Select(at => at.Key));

    public async ValueTask<IReadOnlyList<KeyAt>> KeysOfAsync(
        GrainKey grain, TailPosition after, CancellationToken cancel = default)
    {
        var keys = new List<KeyAt>();
        await Queries.VisitAsync(
            "SELECT pos, key, extra_keys FROM journal "
            + "WHERE (epoch, xid, pos) > ($1, $2, $3) AND grain = $4",
            command => command.With(after).With(grain.ToBytes()),
            row =>
            {
                TakeKeys(row, keys);
                return true;
            },
            cancel);
        return keys;
    }

    /// <exception cref="JournalReplacedException">The database is another than this process wrote
    /// to.</exception>
    private async Task RefuseIfReplacedAsync(CancellationToken cancel)
    {
        var found = await Queries.FirstAsync(
            DatabaseIdentity.Query, static _ => { }, DatabaseIdentity.Of, cancel);
        try
        {
            found!.RefuseUnless(_identity);
        }
        catch (JournalReplacedException replaced)
        {
            _replaced.TrySetResult(replaced);
            throw;
        }
    }

    /// <summary>Null: the index has one of them.</summary>
    private async Task<bool?> AddAsync(
        string sql, KeyAt[] keys, CheckpointMove move, CancellationToken cancel)
    {
        var moved = 0L;
        try
        {
            await Queries.VisitAsync(
                sql,
                command => With(command, move)
                    .With(Array.ConvertAll(keys, at => at.Key.ToBytes()))
                    .With(Array.ConvertAll(keys, at => at.Pos))
                    .With(_identity.Epoch).With(_identity.Timeline),
                row =>
                {
                    moved = row.GetInt64(0);
                    return false;
                },
                cancel);
        }
        catch (JournalUnreachableException refused) when (
            refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return null;
        }

        return moved == 1;
    }

    private async Task<TailPosition> KeysPositionAsync(CancellationToken cancel) =>
        (await GetCheckpointAsync(KeyIndexOptions.Reader, cancel))?.Position ?? TailPosition.Start;

    private async ValueTask<long> AskKeyAsync(EventKey key, CancellationToken cancel) =>
        await Queries.FirstAsync(
            "SELECT pos FROM dedupe WHERE key = $1", command => command.With(key.ToBytes()),
            static row => row.GetInt64(0), cancel);

    private static NpgsqlCommand With(NpgsqlCommand command, CheckpointMove move) =>
        command.With((short)move.Reader.Home).With(move.Reader.Name).With(move.Epoch)
            .With(move.Expected.ToString()).With(move.Next.ToString()).With(StoredTime.From(move.Until));

    private static Checkpoint CheckpointAt(NpgsqlDataReader row) => new(
        TailPosition.Parse(row.GetString(0)), row.GetString(1), row.GetInt64(2),
        StoredTime.To(row.GetInt64(3)));
}
