using System.Collections.Immutable;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Programmes.Comparing;

/// <summary>
/// Finds files that an editor, a full disk or a broken copy has saved by half where what is left is a valid
/// file: between two rules, or inside a number. Only for files that are edited in place; nobody shortens one
/// so in a draft by accident.
/// </summary>
public static class CutFiles
{
    /// <param name="before">The version that decides until now.</param>
    /// <param name="after">What the files say now.</param>
    public static ImmutableArray<Diagnostic> Of(Programme before, Programme after)
    {
        var findings = new Findings();
        foreach (var (path, text) in after.Sources)
            if (before.Sources.GetValueOrDefault(path) is { } whole && IsCut(whole, text))
                findings.Error(
                    Yaml.YamlText.PlaceOf(path, text, text.Length), "FILE_CUT_SHORT", before.Version[..12]);
        return findings.Sorted();
    }

    // Cases stand at the end of a file, so that losing them all is how a lost end shows.
    private static bool IsCut(string whole, string text) =>
        (HasCases(whole) && !HasCases(text)) ||
        (whole.EndsWith('\n') && !text.EndsWith('\n') && text.Length < whole.Length
            && whole.StartsWith(text, StringComparison.Ordinal));

    private static bool HasCases(string text) =>
        text.StartsWith("cases:", StringComparison.Ordinal)
        || text.Contains("\ncases:", StringComparison.Ordinal);
}
