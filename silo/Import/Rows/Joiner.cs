using MallVip.Silo.Import.Maps;

namespace MallVip.Silo.Import.Rows;

/// <summary>Looks the joined files up. They are held in memory: they are the small ones.</summary>
internal sealed class Joiner
{
    private readonly JoinMap[] _joins;
    private readonly Dictionary<string, string[]>[] _tables;

    private Joiner(JoinMap[] joins, Dictionary<string, string[]>[] tables)
    {
        _joins = joins;
        _tables = tables;
    }

    /// <summary>Reads all joined files. Of a key that stands there twice the first row counts.</summary>
    /// <exception cref="ImportFileException">A row cannot be used.</exception>
    public static Joiner Load(IReadOnlyList<JoinMap> joins, Func<string, string> locate) =>
        new(joins.ToArray(), joins.Select(join => Load(join, locate(join.Path))).ToArray());

    public Row Join(RawRow raw, string[] cells, out RowFault? fault)
    {
        fault = null;
        var partners = _joins.Length == 0 ? [] : new string[]?[_joins.Length];
        var row = new Row(raw, cells, partners);
        for (var i = 0; i < _joins.Length; i++)
        {
            partners[i] = _tables[i].GetValueOrDefault(row[_joins[i].On]);
            if (partners[i] is null && _joins[i].RejectMissing)
                fault ??= new RowFault(RejectCodes.JoinMissing,
                    $"{_joins[i].Path} has no row for {_joins[i].On.Name} '{row[_joins[i].On]}'.");
        }
        return row;
    }

    private static Dictionary<string, string[]> Load(JoinMap join, string path)
    {
        var table = new Dictionary<string, string[]>(StringComparer.Ordinal);
        // Categories and brands repeat: each text is kept once.
        var texts = new HashSet<string>(StringComparer.Ordinal);
        using var reader = new CsvRowReader(path, join.Dialect);
        while (reader.Read())
        {
            if (reader.Fault() is { } fault)
                throw new ImportFileException($"{path}:{reader.Raw.Line}: {fault.Reason}");
            var cells = reader.Cells();
            for (var i = 0; i < cells.Length; i++)
                cells[i] = texts.TryGetValue(cells[i], out var known) ? known : Keep(texts, cells[i]);
            table.TryAdd(cells[join.Key], cells);
        }
        return table;
    }

    private static string Keep(HashSet<string> texts, string text)
    {
        texts.Add(text);
        return text;
    }
}
