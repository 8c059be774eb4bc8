using System.Text;

namespace MallVip.Silo.Import.Maps;

/// <summary>How a CSV file is written.</summary>
internal sealed record CsvDialect
{
    public static readonly CsvDialect Default = new();

    /// <summary>Between two cells; default a comma.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Around a cell that holds separators or line ends; doubled inside.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Column names when the file has no header row; null: it has one.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// A quoted cell may hold line ends; false keeps one open quote from swallowing the file.
    /// </summary>
    public bool LineBreaks { get; init; } = true;

    /// <summary>Null: UTF-8, or what the byte order mark says.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Cell texts that mean a missing value, besides the empty text.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>Blanks around a cell do not count.</summary>
    public bool Trim { get; init; } = true;
}
