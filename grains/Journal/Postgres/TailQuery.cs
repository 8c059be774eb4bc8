using Npgsql;
using NpgsqlTypes;

namespace MallVip.Grains.Journal;

/// <summary>
/// Reads rows in the order (epoch, transaction, place), as far as that order is settled: a transaction that
/// began before another may commit after it, so only those below the lowest one still open are read. Rows of
/// an earlier epoch are settled.
/// </summary>
internal sealed class TailQuery(NpgsqlDataSource source, TimeSpan patience)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private const string From = """
        , epoch, xid,
          epoch < (SELECT epoch FROM journal_epoch)
            OR xid < (SELECT pg_snapshot_xmin(pg_current_snapshot())) AS settled
        FROM journal WHERE (epoch, xid, pos) > ($1, $2, $3) ORDER BY epoch, xid, pos LIMIT $4
        """;

    /// <summary>Gives the rows of a page, whose first column is the place.</summary>
    /// <returns>Where to go on; equal to the start when no more is committed.</returns>
    /// <exception cref="JournalUnsettledException">What is committed did not settle in time.</exception>
    public async ValueTask<TailPosition> ReadAsync(
        string select, TailPosition after, int max, Action<NpgsqlDataReader> take, CancellationToken cancel)
    {
        after = await LocateAsync(after, cancel);
        var began = TimeProvider.System.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            var (next, unsettled) = await PageAsync(select + From, after, max, take, cancel);
            if (next != after || !unsettled)
                return next;
            var waited = TimeProvider.System.GetElapsedTime(began);
            if (waited >= patience)
                throw new JournalUnsettledException(waited);
            await Task.Delay(pause, TimeProvider.System, cancel);
            pause = pause < LongestPause ? 2 * pause : LongestPause;
        }
    }

    private async ValueTask<(TailPosition Next, bool Unsettled)> PageAsync(
        string sql, TailPosition after, int max, Action<NpgsqlDataReader> take, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.With(after.Epoch);
        command.Parameters.Add(new NpgsqlParameter<ulong>
        {
            TypedValue = (ulong)after.Transaction,
            NpgsqlDbType = NpgsqlDbType.Xid8,
        });
        await using var row = await command.With(after.Pos).With(max).ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var fields = row.FieldCount;
            if (!row.GetBoolean(fields - 1))
                return (after, true);
            take(row);
            after = new TailPosition(
                row.GetInt64(fields - 3), (long)row.GetFieldValue<ulong>(fields - 2), row.GetInt64(0));
        }

        return (after, false);
    }

    /// <summary>A position that names a place only (<see cref="TailPosition.At"/>) is that of the last entry
    /// up to it.</summary>
    private async ValueTask<TailPosition> LocateAsync(TailPosition after, CancellationToken cancel)
    {
        if (after.Epoch != 0 || after.Transaction != 0 || after.Pos <= 0)
            return after;
        await using var command = source.CreateCommand(
            "SELECT epoch, xid, pos FROM journal WHERE pos <= $1 ORDER BY pos DESC LIMIT 1");
        await using var row = await command.With(after.Pos).ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new TailPosition(row.GetInt64(0), (long)row.GetFieldValue<ulong>(1), row.GetInt64(2))
            : TailPosition.Start;
    }
}
