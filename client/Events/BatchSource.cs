using System.Text.Json;
using MallVip.Client.Problems;

namespace MallVip.Client.Events;

/// <summary>
/// Cuts a batch, one JSON array, into its events. Nothing is accepted of a batch that is not well-formed.
/// </summary>
internal static class BatchSource
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 65 };

    /// <summary>The array's elements, as parts of the body.</summary>
    /// <exception cref="RefusedException">The body is not one JSON array.</exception>
    public static List<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Elements(body);
        }
        catch (JsonException wrong)
        {
            throw ApiErrors.InvalidJson.Thrown(
                $"The batch is not JSON at byte {wrong.BytePositionInLine} of line {wrong.LineNumber + 1}.");
        }
    }

    /// <summary>
    /// The events one by one, each noted in the window; one that is too large is handed on empty.
    /// </summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        List<ReadOnlyMemory<byte>> events, LineWindow window, int maxEvent, EventCheck? check)
    {
        foreach (var cloudEvent in events)
        {
            var refusal = cloudEvent.Length <= maxEvent ? null
                : ApiErrors.BodyTooLarge.Refuse($"The event has more than {maxEvent} bytes.");
            if (check is not null)
                refusal ??= await check(cloudEvent);
            await window.EnterAsync(new(0, cloudEvent.Length, refusal), CancellationToken.None);
            yield return refusal is null ? cloudEvent : default;
        }
    }

    private static List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> body)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(body.Span, ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw ApiErrors.InvalidJson.Thrown("A batch is a JSON array of events.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            events.Add(body[start..(int)reader.BytesConsumed]);
        }

        reader.Read();
        return events;
    }
}
