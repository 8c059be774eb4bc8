using MallVip.Silo.Import.Maps;
using MallVip.Silo.Import.Sorting;

namespace MallVip.Silo.Import.Rows;

/// <summary>Turns a file into groups of rows, in bounded memory whatever the order of the file.</summary>
internal sealed class RowGroups(ImportMap map, Joiner joiner, SpillFolder folder, long sortBytes)
{
    /// <summary>The groups; their order is of no meaning. Rows of a group are in file order.</summary>
    public IEnumerable<IReadOnlyList<GroupedRow>> Read(CsvRowReader reader)
    {
        var rows = Rows(reader);
        if (map.GroupBy is null)
            return rows.Select(row => new[] { row });
        return Runs(map.GroupsTogether ? rows : Sorted(rows));
    }

    private IEnumerable<GroupedRow> Rows(CsvRowReader reader)
    {
        while (reader.Read())
        {
            var raw = reader.Raw;
            var cells = reader.Cells();
            if (reader.Fault() is { } fault)
            {
                yield return new GroupedRow(KeyOfFaulty(cells), new Row(raw, cells, []), fault);
                continue;
            }
            var row = joiner.Join(raw, cells, out var missing);
            var key = map.GroupBy is { } column ? row[column] : "";
            if (map.GroupBy is { } needed && key.Length == 0)
                missing ??= new RowFault(RejectCodes.GroupMissing, $"Column '{needed.Name}' is empty.");
            yield return new GroupedRow(key, row, missing);
        }
    }

    // A row cut short may still tell its group, which then is not complete.
    private string KeyOfFaulty(string[] cells) =>
        map.GroupBy is { Join: < 0 } column && column.Index < cells.Length ? cells[column.Index] : "";

    private IEnumerable<GroupedRow> Sorted(IEnumerable<GroupedRow> rows)
    {
        var codec = new GroupedRowCodec(joiner);
        var sorter = new SpillSorter<GroupedRow>(folder, codec, codec, sortBytes);
        foreach (var row in rows)
            sorter.Add(row);
        return sorter.Sorted();
    }

    private static IEnumerable<IReadOnlyList<GroupedRow>> Runs(IEnumerable<GroupedRow> rows)
    {
        var group = new List<GroupedRow>();
        foreach (var row in rows)
        {
            // Rows without a key are faulty and belong to nobody's group.
            var sameGroup = group.Count > 0 && row.Key.Length > 0 && row.Key == group[0].Key;
            if (!sameGroup && group.Count > 0)
            {
                yield return group;
                group = [];
            }
            group.Add(row);
        }
        if (group.Count > 0)
            yield return group;
    }
}
