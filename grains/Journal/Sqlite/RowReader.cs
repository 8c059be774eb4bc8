using System.Buffers.Binary;

namespace MallVip.Grains.Journal;

/// <summary>Reads journal rows: the statements and the order of their columns in one place.</summary>
internal static class RowReader
{
    public const string ByPos = Select + "WHERE pos = ?1";
    public const string Tail = Select + "WHERE pos > ?1 ORDER BY pos LIMIT ?2";
    public const string TailKeys =
        "SELECT pos, key, extra_keys FROM journal WHERE pos > ?1 ORDER BY pos LIMIT ?2";
    public const string TailHeads = "SELECT pos, grain, seq FROM journal WHERE pos > ?1 ORDER BY pos";
    public const string Hash = "SELECT hash FROM journal WHERE pos = ?1";
    public const string LastPos = "SELECT coalesce(max(pos), 0) FROM journal";

    private const string Select =
        "SELECT pos, prev_pos, writer, batch, grain, seq, at, kind, key, content_hash, extra_keys, actor, "
        + "rules_version, prev_hash, hash, body FROM journal ";

    public static JournalEntry Entry(SqliteStatement row) => new()
    {
        Pos = row.Int64(0),
        PrevPos = row.Int64(1),
        Writer = checked((int)row.Int64(2)),
        Batch = row.Int64(3),
        Grain = Sized(row, 4, GrainKey.Size, GrainKey.Read),
        Seq = row.Int64(5),
        At = StoredTime.To(row.Int64(6)),
        Kind = row.RepeatedText(7),
        Key = row.IsNull(8) ? EventKey.None : Sized(row, 8, EventKey.Size, EventKey.Read),
        ContentHash = row.IsNull(9) ? null : Sized(row, 9, 16, BinaryPrimitives.ReadUInt128BigEndian),
        ExtraKeys = Keys(row, 10),
        Actor = row.RepeatedText(11),
        RulesVersion = row.RepeatedText(12),
        PrevHash = Sized(row, 13, Hash256.Size, Hash256.Read),
        Hash = Sized(row, 14, Hash256.Size, Hash256.Read),
        Body = row.Blob(15).ToArray(),
    };

    /// <summary>The key and the extra keys of a <see cref="TailKeys"/> row.</summary>
    public static void AddKeys(SqliteStatement row, List<KeyAt> keys)
    {
        var pos = row.Int64(0);
        if (!row.IsNull(1))
            keys.Add(new KeyAt(Sized(row, 1, EventKey.Size, EventKey.Read), pos));
        if (row.IsNull(2))
            return;
        foreach (var key in Keys(row, 2))
            keys.Add(new KeyAt(key, pos));
    }

    public static Hash256 HashAt(SqliteStatement row, int column) =>
        Sized(row, column, Hash256.Size, Hash256.Read);

    public static GrainKey GrainAt(SqliteStatement row, int column) =>
        Sized(row, column, GrainKey.Size, GrainKey.Read);

    private static EventKey[] Keys(SqliteStatement row, int column)
    {
        var bytes = row.Blob(column);
        if (bytes.IsEmpty)
            return [];
        if (bytes.Length % EventKey.Size != 0)
            throw Damaged(row, column, bytes.Length);
        var keys = new EventKey[bytes.Length / EventKey.Size];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = EventKey.Read(bytes[(EventKey.Size * i)..]);
        return keys;
    }

    private static T Sized<T>(SqliteStatement row, int column, int size, Reading<T> read)
    {
        var bytes = row.Blob(column);
        return bytes.Length == size ? read(bytes) : throw Damaged(row, column, bytes.Length);
    }

    private static JournalDamagedException Damaged(SqliteStatement row, int column, int length) =>
        new($"The journal row with {row.Int64(0)} in its first column "
            + $"holds {length} bytes in column {column}.");

    private delegate T Reading<T>(ReadOnlySpan<byte> bytes);
}
