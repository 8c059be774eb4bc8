namespace MallVip.Silo.Import.Maps;

/// <summary>What the reader of a map must know of the CSV files: their headers.</summary>
internal interface IMapFiles
{
    /// <summary>Column names of the main file.</summary>
    /// <exception cref="ImportFileException">It cannot be read.</exception>
    IReadOnlyList<string> Header(CsvDialect dialect);

    /// <summary>Column names of a joined file, named relative to the map.</summary>
    /// <exception cref="ImportFileException">It cannot be read.</exception>
    IReadOnlyList<string> JoinHeader(string path, CsvDialect dialect);
}
