using MallVip.Silo.Import.Rows;
using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>The columns a map can name: its file's as <c>name</c>, a join's as <c>join.name</c>.</summary>
internal sealed class ColumnScope(MapDiagnostics diagnostics)
{
    private readonly Dictionary<string, Column> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    public void AddFile(IReadOnlyList<string> header)
    {
        for (var i = 0; i < header.Count; i++)
            _columns.TryAdd(header[i], new Column(header[i], -1, i));
    }

    public void AddJoin(string name, int join, IReadOnlyList<string> header)
    {
        for (var i = 0; i < header.Count; i++)
            _columns.TryAdd($"{name}.{header[i]}", new Column($"{name}.{header[i]}", join, i));
    }

    /// <summary>A join whose file cannot be read is reported once, not at each of its columns.</summary>
    public void AddUnreadable(string name) => _unreadable.Add(name);

    /// <summary>
    /// The column; one that reads the first cell, and a diagnostic, when there is none of that name.
    /// </summary>
    public Column Find(string name, YamlNode at)
    {
        if (_columns.TryGetValue(name, out var column))
            return column;
        if (!_unreadable.Contains(name.Split('.')[0]))
            diagnostics.Add(MapErrors.UnknownColumn, at, $"There is no column '{name}'.",
                Nearest.Hint(name, _columns.Keys));
        return new Column(name, -1, 0);
    }
}
