using System.Buffers.Binary;

namespace MallVip.Grains.Journal;

/// <summary>The <c>person</c> table. Every call stands within the caller's transaction.</summary>
internal static class PersonTable
{
    private const string Columns = "SELECT handle, member, kind, value FROM person ";

    public static void Put(SqliteFile file, PersonRow person) =>
        file["INSERT OR REPLACE INTO person(handle, member, kind, value) VALUES(?1, ?2, ?3, ?4)"]
            .Bind(1, Bytes(person.Handle)).Bind(2, Bytes(person.Member))
            .Bind(3, person.Kind).Bind(4, person.Value)
            .Run();

    public static PersonRow? Get(SqliteFile file, UInt128 handle)
    {
        var row = file[Columns + "WHERE handle = ?1"].Bind(1, Bytes(handle));
        if (!row.Step())
            return null;
        var person = Person(row);
        row.Reset();
        return person;
    }

    public static List<PersonRow> Of(SqliteFile file, UInt128 member)
    {
        var found = new List<PersonRow>();
        var row = file[Columns + "WHERE member = ?1 ORDER BY kind, handle"].Bind(1, Bytes(member));
        while (row.Step())
            found.Add(Person(row));
        return found;
    }

    public static int DeleteOf(SqliteFile file, UInt128 member)
    {
        var count = Of(file, member).Count;
        file["DELETE FROM person WHERE member = ?1"].Bind(1, Bytes(member)).Run();
        return count;
    }

    private static PersonRow Person(SqliteStatement row) => new(
        BinaryPrimitives.ReadUInt128BigEndian(row.Blob(0)),
        BinaryPrimitives.ReadUInt128BigEndian(row.Blob(1)),
        row.Text(2), row.Text(3));

    private static byte[] Bytes(UInt128 value)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }
}
