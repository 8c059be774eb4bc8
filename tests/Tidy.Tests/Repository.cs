namespace MallVip.Tidy.Tests;

/// <summary>The working tree that the tests hold to its rules, found by walking up to the solution.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Skipped =
        ["bin", "obj", ".git", ".vs", ".idea", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    private static readonly Lazy<IReadOnlyList<CSharpFile>> Parsed = new(() =>
        [.. Files(".cs").Select(file => new CSharpFile(file))]);

    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file of the tree, parsed once for all tests.</summary>
    public static IReadOnlyList<CSharpFile> CSharp => Parsed.Value;

    /// <summary>The C# files that ship: neither tests nor benchmarks.</summary>
    public static IEnumerable<CSharpFile> Production =>
        CSharp.Where(file => file.File.IsUnder("rules", "grains", "client", "silo"));

    /// <summary>All files with one of these endings, without build outputs and local journals.</summary>
    public static IEnumerable<TextFile> Files(params string[] endings) =>
        Walk(Root).Where(path => endings.Any(end => path.EndsWith(end, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(path => new TextFile(Relative(path), File.ReadAllText(path)));

    public static TextFile Read(string path) => new(path, File.ReadAllText(Path.Combine(Root, path)));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder)
    {
        var below = Directory.EnumerateDirectories(folder)
            .Where(child => !Skipped.Contains(Path.GetFileName(child)) && Relative(child) != "data");
        return Directory.EnumerateFiles(folder).Concat(below.SelectMany(Walk));
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MallVip.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new DirectoryNotFoundException($"No solution above {AppContext.BaseDirectory}.");
    }
}
