using System.Text;
using CsvHelper;
using MallVip.Silo.Import.Maps;

namespace MallVip.Silo.Import.Rows;

/// <summary>Reads a CSV file row by row, with the line each row starts on.</summary>
internal sealed class CsvRowReader : IDisposable
{
    /// <summary>A longer row means that a quote was left open, not that someone wrote so much.</summary>
    private const int MaxRowBytes = 1 << 20;

    private readonly string _path;
    private readonly CsvReader _reader;
    private readonly CsvDialect _dialect;
    private long _malformedLine;
    private CsvMalformedReason _malformedReason;

    public CsvRowReader(string path, CsvDialect dialect)
    {
        _path = path;
        _dialect = dialect;
        _reader = CsvReader.FromFile(path, Options(dialect));
        Header = dialect.Columns?.ToArray() ?? ReadHeader();
    }

    /// <summary>Column names, from the header row or the map; empty for an empty file.</summary>
    public string[] Header { get; }

    /// <summary>Bytes read so far, for progress.</summary>
    public long Position => _reader.ByteOffset;

    /// <summary>The current row's line and text.</summary>
    public RawRow Raw => new(_reader.LineNumber, Encoding.UTF8.GetString(_reader.RawRecord));

    /// <summary>Goes on to the next row that is not blank; false at the end.</summary>
    /// <exception cref="ImportFileException">A row is too long.</exception>
    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException error)
        {
            throw new ImportFileException(
                $"{_path}: the row after line {_reader.LineNumber} cannot be read; was a quote left open? "
                + error.Message);
        }
    }

    /// <summary>The current row's cells; a cell that means missing is empty.</summary>
    public string[] Cells()
    {
        var cells = new string[_reader.FieldCount];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = Clean(_reader.GetString(i));
        return cells;
    }

    /// <summary>Why the current row cannot be used; null when it can.</summary>
    public RowFault? Fault()
    {
        if (_malformedLine == _reader.LineNumber)
            return new RowFault(RejectCodes.Malformed, _malformedReason switch
            {
                CsvMalformedReason.UnterminatedQuote => "A quote is opened and never closed.",
                CsvMalformedReason.LineBreakInQuotes => "A quote is not closed on its line.",
                _ => "A quote stands inside a cell; it must be around the whole cell, and doubled inside.",
            });
        var count = _reader.FieldCount;
        if (count == Header.Length)
            return null;
        return new RowFault(count < Header.Length ? RejectCodes.Short : RejectCodes.Long,
            $"The row has {count} cells, the header {Header.Length}.");
    }

    public void Dispose() => _reader.Dispose();

    private string[] ReadHeader()
    {
        _reader.ReadHeader();
        return _reader.Headers.Select(name => name.Trim()).ToArray();
    }

    private string Clean(string cell)
    {
        foreach (var empty in _dialect.Empty)
        {
            if (string.Equals(cell, empty, StringComparison.Ordinal))
                return "";
        }
        return cell;
    }

    private CsvReaderOptions Options(CsvDialect dialect) => new()
    {
        Separator = dialect.Separator,
        Quote = dialect.Quote,
        HasHeader = dialect.Columns is null,
        Encoding = dialect.Encoding,
        TrimWhitespace = dialect.Trim,
        AllowLineBreaksInQuotes = dialect.LineBreaks,
        MaxRecordSize = MaxRowBytes,
        TrackLineNumbers = true,
        OnMalformedRecord = OnMalformed,
    };

    private void OnMalformed(CsvMalformedRecord record)
    {
        _malformedLine = record.LineNumber;
        _malformedReason = record.Reason;
    }
}
