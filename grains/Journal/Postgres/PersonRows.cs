using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Rows of <c>person</c>, whose values are kept as UTF-8 bytes.</summary>
internal static class PersonRows
{
    public const string Select = "SELECT handle, member, kind, value FROM person ";

    private const string Put = """
        INSERT INTO person(handle, member, kind, value) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (handle) DO UPDATE
        SET member = excluded.member, kind = excluded.kind, value = excluded.value
        """;

    /// <summary>Adds the statement that writes rows; none when there are none. Of two with one handle the
    /// later counts.</summary>
    public static void AddTo(NpgsqlBatch statements, IEnumerable<PersonRow> rows)
    {
        var newest = new SortedDictionary<UInt128, PersonRow>();
        foreach (var row in rows)
            newest[row.Handle] = row;
        if (newest.Count == 0)
            return;
        statements.Add(Put)
            .With(newest.Values.Select(row => Bytes(row.Handle)).ToArray())
            .With(newest.Values.Select(row => Bytes(row.Member)).ToArray())
            .With(newest.Values.Select(row => row.Kind).ToArray())
            .With(newest.Values.Select(row => Encoding.UTF8.GetBytes(row.Value)).ToArray());
    }

    public static PersonRow Read(NpgsqlDataReader row) => new(
        BinaryPrimitives.ReadUInt128BigEndian(EntryRows.Sized(row, 0, 16)),
        BinaryPrimitives.ReadUInt128BigEndian(EntryRows.Sized(row, 1, 16)),
        row.GetString(2), Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(3)));

    public static byte[] Bytes(UInt128 value)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }
}
