using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using MallVip.Client.Problems;

namespace MallVip.Client.Events;

/// <summary>
/// Cuts an upload into lines. Lines end with LF or CR LF; the last may end with the upload; blank ones are
/// passed over. A line that is too long is read to its end without being kept, and handed on empty with its
/// refusal.
/// </summary>
/// <param name="upload">The request's body.</param>
/// <param name="window">Where each line that is handed on is noted.</param>
/// <param name="maxLine">In bytes, without the line's end.</param>
/// <param name="check">Asked of each line; null: none is refused here.</param>
internal sealed class LineSource(PipeReader upload, LineWindow window, int maxLine, EventCheck? check = null)
{
    private long _number;
    private long _scanned;
    private long _skipped;

    /// <summary>
    /// The lines, each good for as long as the reader likes. They end with the upload, or early when its
    /// pending read is cancelled.
    /// </summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var result = await upload.ReadAsync(cancellation);
            if (result.IsCanceled)
                yield break;
            var rest = result.Buffer;
            while (TryCut(ref rest, result.IsCompleted, out var line))
            {
                _number++;
                if (IsBlank(line) && _skipped == 0)
                    continue;
                var (ticket, bytes) = Take(line);
                if (check is not null && ticket.Refusal is null)
                    ticket = ticket with { Refusal = await check(bytes) };
                await window.EnterAsync(ticket, cancellation);
                yield return ticket.Refusal is null ? bytes : default;
            }

            Forget(ref rest);
            upload.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
                yield break;
        }
    }

    private bool TryCut(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        if (rest.Slice(_scanned).PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
        }
        else if (last && rest.Length + _skipped > 0)
        {
            line = rest;
            rest = rest.Slice(rest.End);
        }
        else
        {
            _scanned = rest.Length;
            line = default;
            return false;
        }

        _scanned = 0;
        return true;
    }

    private (LineTicket Ticket, ReadOnlyMemory<byte> Bytes) Take(ReadOnlySequence<byte> line)
    {
        var length = _skipped + line.Length;
        _skipped = 0;
        if (length > maxLine + 1 || (length > maxLine && !EndsWithReturn(line)))
        {
            var refusal = ApiErrors.LineTooLong.Refuse($"Line {_number} has more than {maxLine} bytes.");
            return (new(_number, 0, refusal), default);
        }

        return (new(_number, (int)length, null), line.ToArray());
    }

    /// <summary>Gives up the beginning of a line that is too long already.</summary>
    private void Forget(ref ReadOnlySequence<byte> rest)
    {
        if (_skipped + rest.Length <= maxLine + 1)
            return;
        _skipped += rest.Length;
        _scanned = 0;
        rest = rest.Slice(rest.End);
    }

    private static bool EndsWithReturn(ReadOnlySequence<byte> line) =>
        line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\r';

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        return true;
    }
}
