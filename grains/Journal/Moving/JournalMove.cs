using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// Moves the journal of a data folder to PostgreSQL while nobody uses either: copy, compare, release. Until
/// <see cref="ReleaseAsync"/> the database is refused by all but another move, which goes on where this one
/// stopped; the folder is not changed before.
/// </summary>
public sealed class JournalMove : IAsyncDisposable
{
    private readonly MoveSource _source;
    private readonly MoveTarget _target;
    private readonly string _connectionString;

    private JournalMove(MoveSource source, MoveTarget target, string connectionString)
    {
        (_source, _target, _connectionString) = (source, target, connectionString);
        Rows = MovedTable.All.Sum(source.Count);
    }

    /// <summary>How many rows there are to move.</summary>
    public long Rows { get; }

    /// <summary>Whether the database was marked: from then on only a move may use it.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Takes both sides for itself and writes nothing yet.</summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="connectionString">The database, as the tables' owner.</param>
    /// <param name="key">The server key with which the database will be served.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="JournalException">One of them cannot be used, or the key is another's.</exception>
    /// <exception cref="FileNotFoundException">The folder holds no journal.</exception>
    public static async Task<JournalMove> OpenAsync(
        string directory, string connectionString, ServerKey key, CancellationToken cancel = default)
    {
        var source = MoveSource.Open(directory);
        try
        {
            await using (var journal = SqliteJournalReader.Open(directory))
                await JournalOpening.VerifyAsync(journal, key);
            return new JournalMove(
                source, await MoveTarget.OpenAsync(connectionString, cancel), connectionString);
        }
        catch (NpgsqlException failure)
        {
            source.Dispose();
            throw PostgresFailure.Explain(failure, connectionString);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Opens the folder's journal for reading.</summary>
    public IJournalReader ReadSource() => SqliteJournalReader.Open(_source.Directory);

    /// <summary>Opens the database's journal for reading, released or not.</summary>
    public async Task<IJournalReader> ReadTargetAsync(CancellationToken cancel = default) =>
        await PostgresJournalReader.OpenAsync(
            new PostgresOptions { ConnectionString = _connectionString, MayBeHalfMoved = true }, cancel);

    /// <summary>Copies all rows that are not there yet.</summary>
    /// <param name="copied">Told the number of further rows after each transaction.</param>
    /// <param name="cancel">Gives up; the next move goes on.</param>
    /// <exception cref="MoveRefusedException">The database is not empty.</exception>
    /// <exception cref="JournalUnreachableException">The database failed.</exception>
    public Task CopyAsync(Action<long> copied, CancellationToken cancel = default) => ExplainAsync(async () =>
    {
        var place = await _target.BeginAsync(_source.JournalId, cancel);
        HasBegun = true;
        copied(place);
        await _target.CopyAsync(
            MovedTable.Journal, _source.Rows(MovedTable.Journal).SkipWhile(row => row.Int64(0) <= place),
            copied, cancel);
        foreach (var table in MovedTable.Others)
            await _target.CopyAsync(table, _source.Rows(table), copied, cancel);
    });

    /// <summary>Reads all rows of both sides.</summary>
    /// <param name="read">Told the number of further rows now and then; of both sides together.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="JournalUnreachableException">The database failed.</exception>
    public async Task<IReadOnlyList<MovedCount>> CompareAsync(
        Action<long> read, CancellationToken cancel = default)
    {
        var counts = new List<MovedCount>();
        await ExplainAsync(async () =>
        {
            foreach (var table in MovedTable.All)
                counts.Add(await CompareAsync(table, read, cancel));
        });
        return counts;
    }

    /// <summary>Marks the folder as moved, then lets silos have the database.</summary>
    /// <param name="to">Where the journal is now, for whoever opens the folder.</param>
    /// <param name="now">The clock.</param>
    /// <exception cref="JournalUnreachableException">The database failed.</exception>
    public Task ReleaseAsync(string to, DateTimeOffset now) =>
        ExplainAsync(async () =>
        {
            // In this order a crash in between leaves none of the two, never both.
            MoveMark.Leave(_source.Directory, to, now);
            await _target.FinishAsync();
            HasBegun = false;
        });

    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        _source.Dispose();
    }

    private async Task<MovedCount> CompareAsync(
        MovedTable table, Action<long> read, CancellationToken cancel)
    {
        using var folder = new RowPrint();
        using var database = new RowPrint();
        foreach (var row in _source.Rows(table))
        {
            MoveRows.Print(folder, table, row);
            if (folder.Rows % 4_096 != 0)
                continue;
            cancel.ThrowIfCancellationRequested();
            read(4_096);
        }

        await _target.PrintAsync(table, database, read, cancel);
        return new(
            table.Name, new(folder.Rows, folder.ToString()), new(database.Rows, database.ToString()));
    }

    private async Task ExplainAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Explain(failure, _connectionString);
        }
    }
}
