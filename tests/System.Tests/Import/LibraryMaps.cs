namespace MallVip.System.Tests.Import;

/// <summary>Finds files of the repository from the folder the tests run in.</summary>
internal static class LibraryMaps
{
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null
            && !File.Exists(global::System.IO.Path.Combine(folder.FullName, "MallVip.Orleans.sln")))
            folder = folder.Parent;
        return global::System.IO.Path.Combine(folder!.FullName, relative);
    }
}
