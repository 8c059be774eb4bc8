namespace MallVip.Silo.Import;

/// <summary>What <c>mallvip import</c> was asked to do.</summary>
/// <param name="Kind">What the file holds.</param>
/// <param name="CsvPath">The file to read.</param>
/// <param name="MapPath">The MAP.yaml that says how (docs/import.md).</param>
public sealed record ImportOptions(ImportKind Kind, string CsvPath, string MapPath)
{
    /// <summary>
    /// Where progress is kept, so that a rerun goes on; null: a rerun starts again, and gets duplicates.
    /// </summary>
    public string? StatePath { get; init; }

    /// <summary>The CSV of rejected rows; default: the input's name with <c>.rejects.csv</c>.</summary>
    public string? RejectPath { get; init; }

    /// <summary>Folder for spill files; default: the system's temporary folder.</summary>
    public string? TempPath { get; init; }

    /// <summary>Lines handed to the sink at once, 1 or more.</summary>
    public int BatchSize { get; init; } = 1_000;

    /// <summary>Memory that each of the two sorts may hold before it spills, in bytes.</summary>
    public long SortBytes { get; init; } = 32L << 20;

    /// <summary>Print the summary as one JSON object on standard output.</summary>
    public bool Json { get; init; }

    /// <summary>Exit with <see cref="ImportExit.Rejected"/> when a row was rejected.</summary>
    public bool Strict { get; init; }

    internal string RejectFile => RejectPath ?? CsvPath + ".rejects.csv";
}
