namespace MallVip.Grains.Journal;

/// <summary>The tables <c>inbox</c> and <c>inbox_refusal</c>. Every write stands within the caller's
/// transaction.</summary>
internal static class InboxTable
{
    public static long LastPos(SqliteFile file) => Number(file["SELECT ifnull(max(pos), 0) FROM inbox"]);

    public static long Count(SqliteFile file) => Number(file["SELECT count(*) FROM inbox"]);

    public static void Put(SqliteFile file, long pos, InboxDraft row) =>
        file["INSERT INTO inbox(pos, key, at, actor, rules_version, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"]
            .Bind(1, pos).Bind(2, row.Key.ToBytes()).Bind(3, StoredTime.From(row.Arrived))
            .Bind(4, row.Actor).Bind(5, row.RulesVersion).Bind(6, row.Body.Span)
            .Run();

    public static List<InboxRow> Read(SqliteFile file, long after, int max)
    {
        var found = new List<InboxRow>();
        var row = file["SELECT pos, key, at, actor, rules_version, body FROM inbox "
            + "WHERE pos > ?1 ORDER BY pos LIMIT ?2"].Bind(1, after).Bind(2, max);
        while (row.Step())
            found.Add(new(row.Int64(0), new(
                EventKey.Read(row.Blob(1)), StoredTime.To(row.Int64(2)), row.Text(3), row.Text(4),
                row.Blob(5).ToArray())));
        return found;
    }

    public static void Settle(SqliteFile file, InboxEnd end)
    {
        file["DELETE FROM inbox WHERE pos = ?1"].Bind(1, end.Pos).Run();
        if (end.Refusal is { } refusal)
            file["INSERT OR REPLACE INTO inbox_refusal(key, at, body) VALUES(?1, ?2, ?3)"]
                .Bind(1, refusal.Key.ToBytes())
                .Bind(2, StoredTime.From(refusal.At))
                .Bind(3, refusal.Body.Span)
                .Run();
    }

    public static InboxTrace Find(SqliteFile file, EventKey key)
    {
        var bytes = key.ToBytes();
        var waits = Number(file["SELECT EXISTS(SELECT 1 FROM inbox WHERE key = ?1)"].Bind(1, bytes)) != 0;
        var row = file["SELECT at, body FROM inbox_refusal WHERE key = ?1"].Bind(1, bytes);
        if (!row.Step())
            return new(waits, null);
        var refusal = new InboxRefusal(key, StoredTime.To(row.Int64(0)), row.Blob(1).ToArray());
        row.Reset();
        return new(waits, refusal);
    }

    public static void Forget(SqliteFile file, DateTimeOffset before) =>
        file["DELETE FROM inbox_refusal WHERE at < ?1"].Bind(1, StoredTime.From(before)).Run();

    private static long Number(SqliteStatement statement)
    {
        statement.Step();
        var number = statement.Int64(0);
        statement.Reset();
        return number;
    }
}
