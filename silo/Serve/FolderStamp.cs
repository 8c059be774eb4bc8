using MallVip.Rules.Programmes.Loading;

namespace MallVip.Silo.Serve;

/// <summary>
/// Names, lengths and write times of a programme's files: when they are the same, nothing needs to be read.
/// </summary>
internal sealed record FolderStamp(string Text)
{
    /// <summary>No folder was looked at yet.</summary>
    public static FolderStamp None { get; } = new("");

    /// <summary>Of a folder as it is; one that is gone has a stamp too.</summary>
    public static FolderStamp Of(string folder)
    {
        if (!Directory.Exists(folder))
            return new("gone");
        var lines = from file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
                    let name = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/')
                    where ProgrammeFiles.Belongs(name)
                    orderby name
                    select $"{name} {file.Length} {file.LastWriteTimeUtc.Ticks}";
        return new(string.Join('\n', lines.Prepend("here")));
    }
}
