using System.IO.Pipelines;
using System.Text.Json;
using MallVip.Grains.Intake;

namespace MallVip.Client.Events;

/// <summary>How answers are strung together.</summary>
public enum AnswerFraming
{
    /// <summary>Each on a line of its own.</summary>
    Lines,
    /// <summary>One JSON array.</summary>
    Array,
}

/// <summary>
/// Writes answers as they come. They are sent when no further answer is ready or 16 KiB have gathered: a
/// burst goes out in few writes, and a lone answer waits for nothing.
/// </summary>
/// <param name="output">The response's body.</param>
/// <param name="writer">Turns an answer into JSON.</param>
/// <param name="unread">How long the client may leave its answers untaken.</param>
internal sealed class AnswerPump(PipeWriter output, AnswerWriter writer, TimeSpan unread, TimeProvider time)
    : IDisposable
{
    private const int FlushBytes = 16 << 10;

    private readonly Utf8JsonWriter _json = new(output, AnswerWriter.Options);
    private long _unsent;

    /// <summary>Ends when the answers do.</summary>
    /// <exception cref="TimeoutException">The client does not read; it should be cut.</exception>
    public async Task RunAsync(
        IAsyncEnumerable<EventAnswer> answers, LineWindow window, AnswerFraming framing,
        CancellationToken cancellation)
    {
        var isArray = framing == AnswerFraming.Array;
        var count = 0L;
        if (isArray)
            Append("["u8);
        await using var source = answers.GetAsyncEnumerator(cancellation);
        while (await NextAsync(source, cancellation))
        {
            if (isArray && count++ > 0)
                Append(","u8);
            Append(source.Current, window.Leave());
            if (!isArray)
                Append("\n"u8);
            if (_unsent >= FlushBytes)
                await SendAsync(cancellation);
        }

        if (isArray)
            Append("]"u8);
        await SendAsync(cancellation);
    }

    public void Dispose() => _json.Dispose();

    private async ValueTask<bool> NextAsync(
        IAsyncEnumerator<EventAnswer> source, CancellationToken cancellation)
    {
        var next = source.MoveNextAsync();
        if (!next.IsCompleted && _unsent > 0)
            await SendAsync(cancellation);
        return await next;
    }

    private void Append(EventAnswer answer, LineTicket ticket)
    {
        writer.Write(_json, answer, ticket);
        _json.Flush();
        _unsent += _json.BytesCommitted;
        _json.Reset();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
        _unsent += bytes.Length;
    }

    private async ValueTask SendAsync(CancellationToken cancellation)
    {
        _unsent = 0;
        var flush = output.FlushAsync(cancellation);
        if (!flush.IsCompletedSuccessfully)
            await flush.AsTask().WaitAsync(unread, time, cancellation);
        else if ((await flush).IsCompleted)
            throw new IOException("The client takes no more answers.");
    }
}
