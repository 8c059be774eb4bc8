using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>The programmes that MallVip ships.</summary>
internal static class Library
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "library");

    public static IEnumerable<string> Names =>
        Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!);

    public static ProgrammeResult Load(string name)
    {
        var folder = Path.Combine(Folder, name);
        return new ProgrammeLoader().Load(ProgrammeFiles.Of(
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => KeyValuePair.Create(Path.GetRelativePath(folder, path), File.ReadAllBytes(path)))));
    }

    public static Programme Demo { get; } = Load("demo").Programme!;
}
