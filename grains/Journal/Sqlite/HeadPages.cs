using System.Globalization;

namespace MallVip.Grains.Journal;

/// <summary>The head checkpoint: the directory's shards as pages in <c>index.db</c>, and the place up to
/// which they are sure to be right. Newer heads may be among them; the tail above the place is read again at
/// start.</summary>
internal static class HeadPages
{
    public const string PosName = "head_pos";
    public const string HashName = "head_hash";

    /// <summary>Writes all pages, within the caller's transaction.</summary>
    public static void Save(SqliteFile index, HeadDirectory heads, long pos, Hash256 hash)
    {
        for (var shard = 0; shard < HeadDirectory.Shards; shard++)
        {
            index["INSERT OR REPLACE INTO head(shard, page) VALUES(?1, ?2)"]
                .Bind(1, shard).Bind(2, IndexBytes.WithCheck(heads.Page(shard))).Run();
        }

        JournalSchema.SetMeta(index, PosName, pos.ToString(CultureInfo.InvariantCulture));
        JournalSchema.SetMeta(index, HashName, hash.ToString());
    }

    /// <summary>Reads the pages, within the caller's transaction if others may write.</summary>
    /// <returns>The place of the checkpoint.</returns>
    public static long LoadPages(SqliteFile index, HeadDirectory heads)
    {
        var row = index["SELECT page FROM head"];
        while (row.Step())
            heads.Load(IndexBytes.Checked(row.Blob(0), "A page of heads"));
        return long.Parse(JournalSchema.GetMeta(index, PosName) ?? "0", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the journal's tail above a place.</summary>
    /// <returns>The place of its last entry.</returns>
    public static long LoadTail(SqliteFile journal, HeadDirectory heads, long after)
    {
        var tail = journal[RowReader.TailHeads].Bind(1, after);
        while (tail.Step())
        {
            after = tail.Int64(0);
            heads.Set(RowReader.GrainAt(tail, 1), new HeadPlace(tail.Int64(2), after));
        }

        return after;
    }
}
