using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Rows of <c>journal</c>: written as COPY wants them, read back as entries.</summary>
internal static class EntryRows
{
    /// <summary>Without xid: its default is the writing transaction's.</summary>
    public const string Copy =
        "COPY journal(pos, prev_pos, epoch, batch, seq, at, writer, grain, kind, key, content_hash, "
        + "extra_keys, actor, rules_version, prev_hash, hash, body) FROM STDIN (FORMAT BINARY)";

    public const string Select =
        "SELECT pos, prev_pos, writer, batch, grain, seq, at, kind, key, content_hash, extra_keys, actor, "
        + "rules_version, prev_hash, hash, body";

    /// <summary>Some 500 KiB, more than a table has left in its last pages; never to be
    /// committed.</summary>
    public const string Trial = """
        INSERT INTO journal(pos, prev_pos, epoch, batch, seq, at, writer, grain, kind, actor, rules_version,
          prev_hash, hash, body)
        SELECT -n, 0, 0, 0, -n, 0, 0, '', 'trial', '', '', '', '', convert_to(repeat('x', 1800), 'UTF8')
        FROM generate_series(1, 256) AS n
        """;

    private const short Fields = 17;

    public static void Write(
        CopyBuffer to, EntryDraft draft, HeadPlace previous, long pos, long epoch, JournalBatch batch)
    {
        to.Row(Fields);
        to.Int64(pos);
        to.Int64(previous.Pos);
        to.Int64(epoch);
        to.Int64(batch.Number);
        to.Int64(draft.Seq);
        to.Int64(StoredTime.From(draft.At));
        to.Int32(batch.Writer);
        draft.Grain.Write(to.Field(GrainKey.Size));
        to.Text(draft.Kind);
        if (draft.Key.IsNone)
            to.Null();
        else
            draft.Key.Write(to.Field(EventKey.Size));
        if (draft.ContentHash is { } content)
            BinaryPrimitives.WriteUInt128BigEndian(to.Field(16), content);
        else
            to.Null();
        WriteKeys(to, draft.ExtraKeys);
        to.Text(draft.Actor);
        to.Text(draft.RulesVersion);
        draft.PrevHash.Write(to.Field(Hash256.Size));
        draft.Hash.Write(to.Field(Hash256.Size));
        to.Bytes(draft.Body.Span);
    }

    /// <summary>An entry from the columns of <see cref="Select"/>, which come first.</summary>
    public static JournalEntry Read(NpgsqlDataReader row) => new()
    {
        Pos = row.GetInt64(0),
        PrevPos = row.GetInt64(1),
        Writer = row.GetInt32(2),
        Batch = row.GetInt64(3),
        Grain = GrainKey.Read(Sized(row, 4, GrainKey.Size)),
        Seq = row.GetInt64(5),
        At = StoredTime.To(row.GetInt64(6)),
        Kind = row.GetString(7),
        Key = row.IsDBNull(8) ? EventKey.None : EventKey.Read(Sized(row, 8, EventKey.Size)),
        ContentHash = row.IsDBNull(9) ? null : BinaryPrimitives.ReadUInt128BigEndian(Sized(row, 9, 16)),
        ExtraKeys = row.IsDBNull(10) ? [] : ReadKeys(row, 10),
        Actor = Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(11)),
        RulesVersion = row.GetString(12),
        PrevHash = Hash256.Read(Sized(row, 13, Hash256.Size)),
        Hash = Hash256.Read(Sized(row, 14, Hash256.Size)),
        Body = row.GetFieldValue<byte[]>(15),
    };

    public static EventKey[] ReadKeys(NpgsqlDataReader row, int column)
    {
        var bytes = row.GetFieldValue<byte[]>(column);
        if (bytes.Length % EventKey.Size != 0)
            throw Damaged(row, column, bytes.Length);
        var keys = new EventKey[bytes.Length / EventKey.Size];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = EventKey.Read(bytes.AsSpan(EventKey.Size * i));
        return keys;
    }

    public static byte[] Sized(NpgsqlDataReader row, int column, int size)
    {
        var bytes = row.GetFieldValue<byte[]>(column);
        return bytes.Length == size ? bytes : throw Damaged(row, column, bytes.Length);
    }

    private static void WriteKeys(CopyBuffer to, IReadOnlyList<EventKey> keys)
    {
        if (keys.Count == 0)
        {
            to.Null();
            return;
        }

        var field = to.Field(EventKey.Size * keys.Count);
        for (var i = 0; i < keys.Count; i++)
            keys[i].Write(field[(EventKey.Size * i)..]);
    }

    private static JournalDamagedException Damaged(NpgsqlDataReader row, int column, int length) =>
        new($"A row of the database holds {length} bytes in its column '{row.GetName(column)}'.");
}
