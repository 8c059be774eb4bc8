using System.Buffers;
using System.Text.Json;
using MallVip.Silo.Import.Rows;
using MallVip.Silo.Import.Values;

namespace MallVip.Silo.Import.Mapping;

/// <summary>Makes lines from the rows of one group. Not for use by two threads.</summary>
internal abstract class LineMapper(TimeReader times, IReadOnlyList<Column> shared) : IDisposable
{
    /// <summary>As the NDJSON endpoint: nothing longer is taken.</summary>
    private const int MaxLineBytes = 64 << 10;

    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 10);
    private readonly Column[] _shared = shared.Distinct().ToArray();
    private Utf8JsonWriter? _json;

    protected EvaluationScope Scope { get; } = new(times);

    /// <summary>Adds the lines of a group, or none and tells why, with the row at fault.</summary>
    public (RowFault Fault, Row At)? Map(IReadOnlyList<Row> group, List<ImportLine> lines)
    {
        Scope.Enter(group);
        CheckShared(group);
        var before = lines.Count;
        if (Scope.Fault is null)
            Emit(group, lines);
        if (Scope.Fault is not { } fault)
            return null;
        lines.RemoveRange(before, lines.Count - before);
        return (fault, Scope.FaultRow!);
    }

    public void Dispose() => _json?.Dispose();

    protected abstract void Emit(IReadOnlyList<Row> group, List<ImportLine> lines);

    /// <summary>Runs <paramref name="write"/> on a clean writer and returns the bytes.</summary>
    protected byte[] Write(Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(
            _buffer, new JsonWriterOptions { SkipValidation = true, Encoder = Encoder });
        _json.Reset();
        write(_json);
        _json.Flush();
        if (_buffer.WrittenCount > MaxLineBytes)
            Scope.Fail(RejectCodes.LineTooLong, $"The line made from it has {_buffer.WrittenCount} bytes.");
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>An instant from a template that may not be empty.</summary>
    protected DateTimeOffset ReadTime(Template template, string what)
    {
        var instant = Scope.Times.Read(template.RenderNeeded(Scope, what), out var fault);
        Scope.Fail(fault);
        return instant ?? default;
    }

    // Chinese names stay readable in files that a person may open.
    private static System.Text.Encodings.Web.JavaScriptEncoder Encoder =>
        System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private void CheckShared(IReadOnlyList<Row> group)
    {
        for (var i = 1; i < group.Count; i++)
        {
            foreach (var column in _shared)
            {
                if (group[i][column] == group[0][column])
                    continue;
                Scope.Current = group[i];
                Scope.Fail(RejectCodes.GroupDisagrees,
                    $"Column '{column.Name}' holds '{group[i][column]}', in line "
                    + $"{group[0].Raw.Line} of the same group '{group[0][column]}'.");
                return;
            }
        }
    }
}
