using System.Collections.Immutable;

namespace MallVip.Rules.Programmes.Comparing;

/// <summary>What differs between two versions of a programme.</summary>
/// <param name="Changes">Thing by thing: rules first, then what is declared, by name.</param>
/// <param name="Files">File by file; those that are the same are left out.</param>
public sealed record ProgrammeComparison(
    ImmutableArray<ProgrammeChange> Changes, ImmutableArray<FileDiff> Files)
{
    /// <summary>Compares two versions by their files.</summary>
    public static ProgrammeComparison Of(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        new(ChangesOf(before, after), FilesOf(before, after));

    /// <summary>The things alone, without the text of the files.</summary>
    public static ImmutableArray<ProgrammeChange> ChangesOf(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var (old, now) = (ProgrammeItems.Of(before).All, ProgrammeItems.Of(after).All);
        var changes = new List<ProgrammeChange>();
        foreach (var ((what, id), item) in now)
        {
            if (!old.TryGetValue((what, id), out var was))
                changes.Add(new(ChangeKind.Added, what, id, item.Place));
            else if (was.Text != item.Text)
                changes.Add(new(ChangeKind.Changed, what, id, item.Place));
        }

        foreach (var ((what, id), item) in old)
            if (!now.ContainsKey((what, id)))
                changes.Add(new(ChangeKind.Removed, what, id, item.Place));
        return [.. changes.OrderBy(change => change.What is not "rule")
            .ThenBy(change => change.What, StringComparer.Ordinal)
            .ThenBy(change => change.Id, StringComparer.Ordinal)];
    }

    private static ImmutableArray<FileDiff> FilesOf(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var files = ImmutableArray.CreateBuilder<FileDiff>();
        foreach (var path in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.GetValueOrDefault(path), after.GetValueOrDefault(path));
            if (!string.Equals(old, now, StringComparison.Ordinal))
                files.Add(new(path, UnifiedDiff.Of(path, old, now)));
        }

        return files.ToImmutable();
    }
}

/// <summary>A file that differs.</summary>
/// <param name="Diff">Unified, with three lines around each difference.</param>
public sealed record FileDiff(string Path, string Diff);
