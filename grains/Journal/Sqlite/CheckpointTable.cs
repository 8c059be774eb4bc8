namespace MallVip.Grains.Journal;

/// <summary>The <c>checkpoint</c> table, alike in both files. Every call stands within the caller's
/// transaction.</summary>
internal static class CheckpointTable
{
    public static Checkpoint? Get(SqliteFile file, string reader)
    {
        var row = file["SELECT position, owner, epoch, until FROM checkpoint WHERE reader = ?1"]
            .Bind(1, reader);
        if (!row.Step())
            return null;
        var found = new Checkpoint(
            TailPosition.Parse(row.Text(0)), row.Text(1), row.Int64(2), StoredTime.To(row.Int64(3)));
        row.Reset();
        return found;
    }

    public static Checkpoint? Lease(
        SqliteFile file, string reader, string owner, DateTimeOffset now, DateTimeOffset until)
    {
        var leased = CheckpointRules.Lease(Get(file, reader), owner, now, until);
        if (leased is not null)
            Put(file, reader, leased);
        return leased;
    }

    public static bool Move(SqliteFile file, CheckpointMove move)
    {
        if (CheckpointRules.Move(Get(file, move.Reader.Name), move) is not { } moved)
            return false;
        Put(file, move.Reader.Name, moved);
        return true;
    }

    private static void Put(SqliteFile file, string reader, Checkpoint checkpoint) =>
        file["INSERT OR REPLACE INTO checkpoint(reader, epoch, position, owner, until) "
            + "VALUES(?1, ?2, ?3, ?4, ?5)"]
            .Bind(1, reader).Bind(2, checkpoint.Epoch).Bind(3, checkpoint.Position.ToString())
            .Bind(4, checkpoint.Owner).Bind(5, StoredTime.From(checkpoint.Until)).Run();
}
