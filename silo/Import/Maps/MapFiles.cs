using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Maps;

/// <summary>The files on disk. A join is looked for beside the map, then beside the CSV file.</summary>
internal sealed class MapFiles(string csvPath, string mapPath) : IMapFiles
{
    public IReadOnlyList<string> Header(CsvDialect dialect) => Open(csvPath, dialect);

    public IReadOnlyList<string> JoinHeader(string path, CsvDialect dialect) => Open(Locate(path), dialect);

    /// <summary>Where a joined file lies.</summary>
    public string Locate(string path)
    {
        var besideMap = Path.Combine(Folder(mapPath), path);
        return File.Exists(besideMap) ? besideMap : Path.Combine(Folder(csvPath), path);
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";

    private static string[] Open(string path, CsvDialect dialect)
    {
        try
        {
            using var reader = new CsvRowReader(path, dialect);
            return reader.Header.Length > 0
                ? reader.Header
                : throw new ImportFileException($"{path} is empty.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ImportFileException($"{path} cannot be read: {error.Message}");
        }
    }
}
