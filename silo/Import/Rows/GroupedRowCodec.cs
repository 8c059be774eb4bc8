using MallVip.Silo.Import.Sorting;

namespace MallVip.Silo.Import.Rows;

/// <summary>Spills rows that wait for their group. Joins are looked up again rather than spilled.</summary>
internal sealed class GroupedRowCodec(Joiner joiner) : ISpillCodec<GroupedRow>, IComparer<GroupedRow>
{
    /// <summary>Groups stand together, their rows in file order.</summary>
    public int Compare(GroupedRow? x, GroupedRow? y)
    {
        var byKey = string.CompareOrdinal(x!.Key, y!.Key);
        return byKey != 0 ? byKey : x.Row.Raw.Line.CompareTo(y.Row.Raw.Line);
    }

    public void Write(BinaryWriter writer, GroupedRow item)
    {
        writer.Write(item.Key);
        writer.Write7BitEncodedInt64(item.Row.Raw.Line);
        writer.Write(item.Row.Raw.Text);
        writer.Write7BitEncodedInt(item.Row.Cells.Length);
        foreach (var cell in item.Row.Cells)
            writer.Write(cell);
        writer.Write(item.Fault?.Code ?? "");
        writer.Write(item.Fault?.Reason ?? "");
    }

    public GroupedRow Read(BinaryReader reader)
    {
        var key = reader.ReadString();
        var raw = new RawRow(reader.Read7BitEncodedInt64(), reader.ReadString());
        var cells = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = reader.ReadString();
        var (code, reason) = (reader.ReadString(), reader.ReadString());
        return code.Length > 0
            ? new GroupedRow(key, new Row(raw, cells, []), new RowFault(code, reason))
            : new GroupedRow(key, joiner.Join(raw, cells, out _), null);
    }

    // Two bytes a character and some 60 bytes for each object's header, references and padding.
    public long Size(GroupedRow item)
    {
        var bytes = 200L + 2 * (item.Key.Length + item.Row.Raw.Text.Length);
        foreach (var cell in item.Row.Cells)
            bytes += 32 + 2 * cell.Length;
        return bytes;
    }
}
