using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>What keeps silos apart that share the database: its own clock, and the order of its
/// transactions.</summary>
public sealed partial class PostgresJournal
{
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(20);

    public bool IsShared => Options.IsShared;

    public async ValueTask<DateTimeOffset?> DeadlineAsync(
        TimeSpan lasts, CancellationToken cancel = default) =>
        IsShared
            ? await Queries.FirstAsync(
                "SELECT clock_timestamp() + $1", command => command.With(lasts),
                static row => new DateTimeOffset(row.GetDateTime(0)), cancel)
            : null;

    /// <summary>Transactions that were under way at the deadline have lower numbers than one that takes its
    /// own after it. A snapshot's xmax would not do: it is the first number behind those that have ended, and
    /// who is still under way may have just that.</summary>
    public async ValueTask<bool> HasPassedAsync(DateTimeOffset deadline, CancellationToken cancel = default)
    {
        var next = await Queries.FirstAsync(
            "SELECT CASE WHEN clock_timestamp() > $1 THEN pg_current_xact_id() END",
            command => command.With(deadline.UtcDateTime),
            static row => row.IsDBNull(0) ? 0 : row.GetFieldValue<ulong>(0), cancel);
        if (next == 0)
            return false;
        var began = TimeProvider.System.GetTimestamp();
        while (!await HaveEndedAsync(next, cancel))
        {
            if (TimeProvider.System.GetElapsedTime(began) > SettlePatience)
                return false;
            await Task.Delay(SettlePause, TimeProvider.System, cancel);
        }

        return true;
    }

    public async ValueTask<TailPosition> EndAsync(CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT (SELECT epoch FROM journal_epoch), pg_snapshot_xmin(pg_current_snapshot())",
            static _ => { },
            row => new TailPosition(
                row.GetInt64(0), (long)row.GetFieldValue<ulong>(1) - 1, Commits.Pos), cancel);

    /// <summary>If its session is lost while the work goes on, another process may begin it too.</summary>
    public async ValueTask<IAsyncDisposable?> TryTakeWorkAsync(
        string name, CancellationToken cancel = default)
    {
        try
        {
            return await WorkSession.TryTakeAsync(_writing, name, cancel);
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Explain(failure, Options.ConnectionString);
        }
    }

    /// <summary>Whether a process that writes is reached at an address. False for one that is alive means
    /// that it has lost its session and will take another one with its next batch.</summary>
    /// <param name="address">As in <see cref="PostgresOptions.Address"/>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="JournalUnreachableException">The database does not answer.</exception>
    public async ValueTask<bool> HasSessionAsync(string address, CancellationToken cancel = default) =>
        await AdvisoryLock.OfAddress(address).IsHeldAsync(Queries, cancel);

    private Task<bool> HaveEndedAsync(ulong before, CancellationToken cancel) => Queries.FirstAsync(
        "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1",
        command => command.WithTransaction(before),
        static row => row.GetBoolean(0), cancel);
}
