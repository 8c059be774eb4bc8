using MallVip.Silo.Import.Rows;
using MallVip.Silo.Import.Sorting;

namespace MallVip.Silo.Import.Mapping;

/// <summary>
/// The order in which lines are sent (time, tie rank, CSV line, place in the emit list), and how they spill.
/// </summary>
internal sealed class LineOrder : ISpillCodec<ImportLine>, IComparer<ImportLine>
{
    public static readonly LineOrder Instance = new();

    public int Compare(ImportLine? x, ImportLine? y)
    {
        var byTime = x!.Time.UtcTicks.CompareTo(y!.Time.UtcTicks);
        if (byTime != 0)
            return byTime;
        var byRank = x.TieRank.CompareTo(y.TieRank);
        if (byRank != 0)
            return byRank;
        var byLine = x.Line.CompareTo(y.Line);
        return byLine != 0 ? byLine : x.EmitIndex.CompareTo(y.EmitIndex);
    }

    public void Write(BinaryWriter writer, ImportLine item)
    {
        writer.Write7BitEncodedInt64(item.Line);
        writer.Write7BitEncodedInt(item.TieRank);
        writer.Write7BitEncodedInt(item.EmitIndex);
        writer.Write(item.Time.Ticks);
        writer.Write((short)item.Time.TotalOffsetMinutes);
        writer.Write7BitEncodedInt(item.Json.Length);
        writer.Write(item.Json.Span);
        writer.Write7BitEncodedInt(item.Rows.Count);
        foreach (var row in item.Rows)
        {
            writer.Write7BitEncodedInt64(row.Line);
            writer.Write(row.Text);
        }
    }

    public ImportLine Read(BinaryReader reader)
    {
        var (line, rank, emit) =
            (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var time = new DateTimeOffset(reader.ReadInt64(), TimeSpan.FromMinutes(reader.ReadInt16()));
        var json = reader.ReadBytes(reader.Read7BitEncodedInt());
        var rows = new RawRow[reader.Read7BitEncodedInt()];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = new RawRow(reader.Read7BitEncodedInt64(), reader.ReadString());
        return new ImportLine(line, time, json) { TieRank = rank, EmitIndex = emit, Rows = rows };
    }

    public long Size(ImportLine item)
    {
        var bytes = 200L + item.Json.Length;
        foreach (var row in item.Rows)
            bytes += 40 + 2 * row.Text.Length;
        return bytes;
    }
}
