namespace MallVip.Grains.Journal;

/// <summary>The <c>due</c> table. Every call stands within the caller's transaction.</summary>
internal static class DueTable
{
    public static void Change(SqliteFile file, GrainKey grain, DueChange change)
    {
        switch (change.Action)
        {
            case DueAction.None:
                return;
            case DueAction.Clear:
                file["DELETE FROM due WHERE grain = ?1"].Bind(1, grain).Run();
                return;
            case DueAction.Exact:
                file["INSERT OR REPLACE INTO due(grain, at, claimed_until) VALUES(?1, ?2, 0)"]
                    .Bind(1, grain).Bind(2, StoredTime.From(change.At)).Run();
                return;
            case DueAction.Earlier:
                file["INSERT INTO due(grain, at, claimed_until) VALUES(?1, ?2, 0) ON CONFLICT(grain) "
                    + "DO UPDATE SET at = excluded.at WHERE excluded.at < due.at"]
                    .Bind(1, grain).Bind(2, StoredTime.From(change.At)).Run();
                return;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(change), change.Action, "No such action on a due row.");
        }
    }

    /// <summary>Rows that may be claimed: due, claimed by nobody, and not held.</summary>
    public static List<DueGrain> Free(
        SqliteFile file, DateTimeOffset now, int max, Func<GrainKey, bool>? held)
    {
        var free = new List<DueGrain>();
        var row = file["SELECT grain, at FROM due WHERE at <= ?1 AND claimed_until <= ?1 ORDER BY at, grain"]
            .Bind(1, StoredTime.From(now));
        while (row.Step())
        {
            var grain = RowReader.GrainAt(row, 0);
            if (held?.Invoke(grain) == true)
                continue;
            free.Add(new DueGrain(grain, StoredTime.To(row.Int64(1))));
            if (free.Count < max)
                continue;
            row.Reset();
            break;
        }

        return free;
    }

    /// <summary>Claims the rows that are still free.</summary>
    public static List<DueGrain> Claim(
        SqliteFile file, IReadOnlyList<DueGrain> free, DateTimeOffset now, DateTimeOffset claimUntil)
    {
        var claimed = new List<DueGrain>(free.Count);
        foreach (var due in free)
        {
            var row = file["UPDATE due SET claimed_until = ?2 "
                + "WHERE grain = ?1 AND at <= ?3 AND claimed_until <= ?3 RETURNING at"]
                .Bind(1, due.Grain).Bind(2, StoredTime.From(claimUntil)).Bind(3, StoredTime.From(now));
            if (!row.Step())
                continue;
            claimed.Add(due with { At = StoredTime.To(row.Int64(0)) });
            row.Reset();
        }

        return claimed;
    }

    /// <summary>The earliest instant or end of a claim of what is not held. Rows are looked at until none can
    /// be earlier.</summary>
    public static DateTimeOffset? Next(SqliteFile file, Func<GrainKey, bool>? held)
    {
        long? earliest = null;
        var row = file["SELECT at, claimed_until, grain FROM due ORDER BY at"];
        while (row.Step())
        {
            if (row.Int64(0) >= earliest)
            {
                row.Reset();
                break;
            }

            if (held?.Invoke(RowReader.GrainAt(row, 2)) != true)
                earliest = Math.Min(earliest ?? long.MaxValue, Math.Max(row.Int64(0), row.Int64(1)));
        }

        return earliest is { } found ? StoredTime.To(found) : null;
    }
}
