using System.Globalization;

namespace MallVip.Grains.Journal;

/// <summary>The head checkpoint: the directory's shards as pages in <c>index.db</c>, and the place up to which they are
/// sure to be right. Newer heads may be among them; the tail above the place is read again at start.</summary>
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
                .Bind(1, shard).Bind(2, heads.Page(shard)).Run();
        }

        JournalSchema.SetMeta(index, PosName, pos.ToString(CultureInfo.InvariantCulture));
        JournalSchema.SetMeta(index, HashName, hash.ToString());
    }

    /// <summary>Reads the pages, then the journal's tail above them.</summary>
    /// <returns>The place of the checkpoint.</returns>
    public static long Load(SqliteFile index, SqliteFile journal, HeadDirectory heads)
    {
        var row = index["SELECT page FROM head"];
        while (row.Step())
            heads.Load(row.Blob(0));
        var pos = long.Parse(JournalSchema.GetMeta(index, PosName) ?? "0", CultureInfo.InvariantCulture);
        var tail = journal[RowReader.TailHeads].Bind(1, pos);
        while (tail.Step())
            heads.Set(RowReader.GrainAt(tail, 1), new HeadPlace(tail.Int64(2), tail.Int64(0)));
        return pos;
    }
}
