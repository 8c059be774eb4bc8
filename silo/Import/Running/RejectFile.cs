using System.Globalization;
using CsvHelper;
using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Running;

/// <summary>The CSV of rejected rows: line, code, reason, row.</summary>
internal sealed class RejectFile : IDisposable
{
    private static readonly string[] Header = ["line", "code", "reason", "row"];

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly CsvWriter _writer;

    private RejectFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
        _writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
    }

    /// <summary>True while no row stands in it.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>An empty file in the place of an older one.</summary>
    public static RejectFile Create(string path)
    {
        var file = new RejectFile(
            path, new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read));
        file._writer.WriteRecord(Header);
        return file;
    }

    /// <summary>
    /// The file of an interrupted run, cut where its state was saved; null when it is no longer whole.
    /// </summary>
    public static RejectFile? Continue(string path, ImportState state)
    {
        if (!File.Exists(path) || new FileInfo(path).Length < state.RejectBytes)
            return null;
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        stream.SetLength(state.RejectBytes);
        stream.Seek(0, SeekOrigin.End);
        var isEmpty = state.RejectBytes <= string.Join(',', Header).Length + 1;
        return new RejectFile(path, stream) { IsEmpty = isEmpty };
    }

    public void Add(RawRow row, RowFault fault)
    {
        IsEmpty = false;
        _writer.WriteRecord(
            row.Line.ToString(CultureInfo.InvariantCulture), fault.Code, fault.Reason, row.Text);
    }

    /// <summary>Writes what is buffered; the length so far.</summary>
    public long Flush()
    {
        _writer.Flush();
        return _stream.Position;
    }

    /// <summary>Closes the file, and removes it when nothing stands in it; its path, or null.</summary>
    public string? Finish()
    {
        Dispose();
        if (!IsEmpty)
            return _path;
        File.Delete(_path);
        return null;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }
}
