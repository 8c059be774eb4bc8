namespace MallVip.Grains.Journal;

/// <summary>The <c>snapshot</c> and <c>milestone</c> tables of <c>index.db</c>.</summary>
internal static class SnapshotTable
{
    private const string Put =
        "INSERT OR REPLACE INTO snapshot(grain, seq, schema, state) VALUES(?1, ?2, ?3, ?4)";

    private const string PutMilestone =
        "INSERT OR REPLACE INTO milestone(grain, seq, schema, state) VALUES(?1, ?2, ?3, ?4)";

    /// <exception cref="JournalDamagedException">The state is not the one that was saved.</exception>
    public static Snapshot? Load(SqliteFile file, GrainKey grain, int schema) => Read(
        file["SELECT seq, state FROM snapshot WHERE grain = ?1 AND schema = ?2"]
            .Bind(1, grain).Bind(2, schema), grain, schema);

    /// <exception cref="JournalDamagedException">The state is not the one that was saved.</exception>
    public static Snapshot? LoadMilestone(SqliteFile file, GrainKey grain, int schema, long atMost) => Read(
        file["SELECT seq, state FROM milestone WHERE grain = ?1 AND schema = ?2 AND seq <= ?3 "
            + "ORDER BY seq DESC LIMIT 1"]
            .Bind(1, grain).Bind(2, schema).Bind(3, atMost), grain, schema);

    public static void Save(SqliteFile file, Snapshot snapshot) =>
        file[snapshot.IsMilestone ? PutMilestone : Put]
            .Bind(1, snapshot.Grain).Bind(2, snapshot.Seq).Bind(3, snapshot.Schema)
            .Bind(4, IndexBytes.WithCheck(snapshot.State.Span)).Run();

    private static Snapshot? Read(SqliteStatement row, GrainKey grain, int schema)
    {
        if (!row.Step())
            return null;
        var state = IndexBytes.Checked(row.Blob(1), "A snapshot").ToArray();
        var found = new Snapshot(grain, row.Int64(0), schema, state);
        row.Reset();
        return found;
    }
}
