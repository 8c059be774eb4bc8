using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// Reads rows in the order (epoch, transaction, place), as far as that order is settled: a transaction that
/// began before another may commit after it, so only those below the lowest one still open are read. Rows of
/// an earlier epoch are settled.
/// </summary>
internal sealed class TailQuery(PostgresQueries queries, TimeSpan patience)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private const string From = """
        , epoch, xid,
          epoch < (SELECT epoch FROM journal_epoch)
            OR xid < (SELECT pg_snapshot_xmin(pg_current_snapshot())) AS settled
        FROM journal WHERE (epoch, xid, pos) > ($1, $2, $3) ORDER BY epoch, xid, pos LIMIT $4
        """;

    /// <summary>Gives a page, made of rows whose first column is the place.</summary>
    /// <returns>What was made of them and where to go on; that is the start when no more is
    /// committed.</returns>
    /// <exception cref="JournalUnsettledException">What is committed did not settle in time.</exception>
    public async Task<(List<T> Page, TailPosition Next)> ReadAsync<T>(
        string select, TailPosition after, int max, Action<NpgsqlDataReader, List<T>> take,
        CancellationToken cancel)
    {
        var start = await LocateAsync(after, cancel);
        var began = TimeProvider.System.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            var (page, next, isUnsettled) = await PostgresQueries.TwiceAsync(
                () => PageAsync(select + From, start, max, take, cancel));
            if (next != start || !isUnsettled)
                return (page, next == start ? after : next);
            var waited = TimeProvider.System.GetElapsedTime(began);
            if (waited >= patience)
                throw new JournalUnsettledException(waited);
            await Task.Delay(pause, TimeProvider.System, cancel);
            pause = pause < LongestPause ? 2 * pause : LongestPause;
        }
    }

    private async Task<(List<T> Page, TailPosition Next, bool IsUnsettled)> PageAsync<T>(
        string sql, TailPosition after, int max, Action<NpgsqlDataReader, List<T>> take,
        CancellationToken cancel)
    {
        var (page, next, isUnsettled) = (new List<T>(), after, false);
        await queries.VisitAsync(
            sql, command => command.With(after).With(max),
            row =>
            {
                var fields = row.FieldCount;
                isUnsettled = !row.GetBoolean(fields - 1);
                if (isUnsettled)
                    return false;
                take(row, page);
                next = new TailPosition(
                    row.GetInt64(fields - 3), (long)row.GetFieldValue<ulong>(fields - 2), row.GetInt64(0));
                return true;
            },
            cancel);
        return (page, next, isUnsettled);
    }

    /// <summary>A position that names a place only (<see cref="TailPosition.At"/>) is that of the last entry
    /// up to it.</summary>
    private async ValueTask<TailPosition> LocateAsync(TailPosition after, CancellationToken cancel) =>
        after.Epoch != 0 || after.Transaction != 0 || after.Pos <= 0
            ? after
            : await queries.FirstAsync(
                "SELECT epoch, xid, pos FROM journal WHERE pos <= $1 ORDER BY pos DESC LIMIT 1",
                command => command.With(after.Pos),
                static row => new TailPosition(
                    row.GetInt64(0), (long)row.GetFieldValue<ulong>(1), row.GetInt64(2)),
                cancel);
}
