using MallVip.Rules.Cel;

namespace MallVip.Rules.Checking;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>As in expressions: the known name with the fewest edits; null: none is close.</summary>
    public static string? To(string name, IEnumerable<string> known) => CelSuggestion.For(name, known);
}
