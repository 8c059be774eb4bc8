namespace MallVip.Grains.Journal;

/// <summary>What a database promises for a commit, as far as this role may see, and its clock.</summary>
/// <param name="Fsync">Whether it syncs at all (<c>fsync</c>).</param>
/// <param name="Commit"><c>synchronous_commit</c> of this silo's sessions.</param>
/// <param name="StandbyNames"><c>synchronous_standby_names</c>; empty: commits wait for none.</param>
/// <param name="Standbys">Synchronous standbys that stream now; null: this role may not see.</param>
/// <param name="Skew">How far this machine's clock is ahead of the database's; negative: behind.</param>
public sealed record DatabaseState(
    bool Fsync, string Commit, string StandbyNames, long? Standbys, TimeSpan Skew)
{
    // Without pg_read_all_stats the view has rows, but their state is NULL.
    private const string Query = """
        SELECT current_setting('fsync')::boolean, current_setting('synchronous_commit'),
          current_setting('synchronous_standby_names'),
          CASE WHEN pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') THEN
            (SELECT count(*) FROM pg_stat_replication
             WHERE state = 'streaming' AND sync_state IN ('sync', 'quorum')) END,
          clock_timestamp()
        """;

    /// <summary>Whether a commit is answered only when a second machine has it.</summary>
    public bool WaitsForStandby =>
        StandbyNames.Length > 0 && Commit is not ("local" or "off" or "remote_write");

    internal static Task<DatabaseState?> ReadAsync(
        PostgresQueries queries, TimeProvider time, CancellationToken cancel)
    {
        var before = time.GetUtcNow();
        return queries.FirstAsync(
            Query, static _ => { },
            row => new DatabaseState(
                row.GetBoolean(0), row.GetString(1), row.GetString(2),
                row.IsDBNull(3) ? null : row.GetInt64(3),
                ClockSkew.Between(before, row.GetFieldValue<DateTimeOffset>(4), time.GetUtcNow())),
            cancel);
    }
}
