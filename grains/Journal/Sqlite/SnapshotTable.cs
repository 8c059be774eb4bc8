namespace MallVip.Grains.Journal;

/// <summary>The <c>snapshot</c> table of <c>index.db</c>.</summary>
internal static class SnapshotTable
{
    /// <exception cref="JournalDamagedException">The state is not the one that was saved.</exception>
    public static Snapshot? Load(SqliteFile file, GrainKey grain, int schema)
    {
        var row = file["SELECT seq, state FROM snapshot WHERE grain = ?1 AND schema = ?2"]
            .Bind(1, grain).Bind(2, schema);
        if (!row.Step())
            return null;
        var state = IndexBytes.Checked(row.Blob(1), "A snapshot").ToArray();
        var found = new Snapshot(grain, row.Int64(0), schema, state);
        row.Reset();
        return found;
    }

    public static void Save(SqliteFile file, Snapshot snapshot) =>
        file["INSERT OR REPLACE INTO snapshot(grain, seq, schema, state) VALUES(?1, ?2, ?3, ?4)"]
            .Bind(1, snapshot.Grain).Bind(2, snapshot.Seq).Bind(3, snapshot.Schema)
            .Bind(4, IndexBytes.WithCheck(snapshot.State.Span)).Run();
}
