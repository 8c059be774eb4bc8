using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Silo.Replay;

/// <summary>
/// The lines of an event file: blank ones are passed over, and, with an end, those after it.
/// </summary>
public sealed class ReplayLines(Stream input, DateTimeOffset? until)
{
    private readonly List<int> _numbers = [];

    /// <summary>The 1-based line of the n-th event that was handed over.</summary>
    public int NumberOf(int index)
    {
        lock (_numbers)
            return _numbers[index];
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(input, new UTF8Encoding(false, throwOnInvalidBytes: false));
        var number = 0;
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var bytes = Encoding.UTF8.GetBytes(line);
            if (until is { } end && TimeOf(bytes) > end)
                continue;
            lock (_numbers)
                _numbers.Add(number);
            yield return bytes;
        }
    }

    /// <summary>Null where there is no readable time: the engine says what is wrong with the line.</summary>
    private static DateTimeOffset? TimeOf(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object &&
                document.RootElement.TryGetProperty("time", out var time) &&
                time.ValueKind == JsonValueKind.String && Rfc3339.TryParse(time.GetString(), out var instant)
                ? instant
                : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
