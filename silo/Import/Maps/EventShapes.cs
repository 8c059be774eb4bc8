using MallVip.Silo.Import.Values;

namespace MallVip.Silo.Import.Maps;

/// <summary>
/// What well-known event types must carry, so that a map's mistake is found before the first row.
/// </summary>
internal static class EventShapes
{
    public const string Purchase = "mall.purchase";
    private const string Refund = "mall.refund";

    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        [Purchase] = ["receipt", "store", "paid"],
        [Refund] = ["refund", "store", "receipt", "paid"],
        ["parking.entry"] = ["lot", "plate"],
        ["parking.exit"] = ["lot", "plate"],
    };

    public static void Check(
        ImportKind kind, Template type, ObjectValue data, MapSection section, MapDiagnostics diagnostics)
    {
        var name = type.Source;
        if (kind == ImportKind.Purchases && name is not (Purchase or Refund) && !type.Columns.Any())
            diagnostics.Add(MapErrors.WrongKind, section.Optional("type")!,
                $"'import purchases' makes {Purchase} and {Refund} only.",
                "Use 'import events' for other types.");
        if (!Needed.TryGetValue(name, out var needed))
            return;
        var present = data.Fields.Select(field => field.Name.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var field in needed.Where(field => !present.Contains(field)))
            diagnostics.Add(MapErrors.MissingKey, section.Optional("data") ?? section.Node,
                $"A {name} needs '{field}' in its data.", $"Every {name} has {string.Join(", ", needed)}.");
    }
}
