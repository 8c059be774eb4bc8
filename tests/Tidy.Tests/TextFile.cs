namespace MallVip.Tidy.Tests;

/// <summary>A file of the tree.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Text">The whole content.</param>
internal sealed record TextFile(string Path, string Text)
{
    public IReadOnlyList<string> Lines { get; } = Text.TrimEnd('\n').Split('\n');

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsUnder(params string[] folders) =>
        folders.Any(folder => Path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>The 1-based lines on which a pattern stands, each as a finding.</summary>
    public IEnumerable<Finding> Matches(System.Text.RegularExpressions.Regex pattern, string todo) =>
        Lines.Index().Select(line => (line.Index, Match: pattern.Match(line.Item)))
            .Where(line => line.Match.Success)
            .Select(line => new Finding(Path, line.Index + 1, $"'{line.Match.Value.Trim()}': {todo}"));
}
