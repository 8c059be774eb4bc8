using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>Collects all mistakes of one file.</summary>
internal sealed class MapDiagnostics(string file)
{
    private readonly List<MapDiagnostic> _found = [];

    public IReadOnlyList<MapDiagnostic> Found =>
        _found.OrderBy(item => item.Line).ThenBy(item => item.Column).ToArray();

    public void Add(string code, YamlNode at, string message, string hint = "") =>
        Add(code, at.Start, message, hint);

    public void Add(string code, Mark at, string message, string hint = "") =>
        _found.Add(new MapDiagnostic(
            code, file, (int)Math.Max(1, at.Line), (int)Math.Max(1, at.Column), message, hint));
}
