using MallVip.Silo.Import.Maps;

namespace MallVip.Silo.Import.Running;

/// <summary>An import whose map is read and fits its files.</summary>
/// <param name="Map">The map.</param>
/// <param name="MapText">Its text, part of the fingerprint.</param>
/// <param name="Files">Finds the joined files.</param>
internal sealed record PreparedImport(ImportMap Map, string MapText, MapFiles Files)
{
    /// <summary>
    /// Reads the map; null when it has mistakes, which are all written to <paramref name="errors"/>.
    /// </summary>
    /// <exception cref="ImportFileException">A file cannot be read.</exception>
    public static PreparedImport? Read(ImportOptions options, TextWriter errors)
    {
        var text = ReadMap(options.MapPath);
        var files = new MapFiles(options.CsvPath, options.MapPath);
        var reading = MapReader.Read(options.Kind, text, options.MapPath, files);
        foreach (var mistake in reading.Mistakes)
            errors.WriteLine(mistake);
        return reading.Map is { } map ? new PreparedImport(map, text, files) : null;
    }

    /// <summary>Identifies the input and everything that decides what is made of it.</summary>
    public Task<string> FingerprintAsync(ImportOptions options, CancellationToken cancellation) =>
        Fingerprint.ComputeAsync(options.Kind, MapText,
            Map.Joins.Select(join => Files.Locate(join.Path)).Prepend(options.CsvPath), cancellation);

    private static string ReadMap(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ImportFileException($"{path} cannot be read: {error.Message}");
        }
    }
}
