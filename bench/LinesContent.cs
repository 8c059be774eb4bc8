using System.Net;
using System.Net.Http.Headers;

namespace MallVip.Bench;

/// <summary>NDJSON that is made while it is sent.</summary>
internal sealed class LinesContent : HttpContent
{
    private const int ChunkLength = 64 << 10;

    private readonly IEnumerable<ReadOnlyMemory<byte>> _lines;

    public LinesContent(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        _lines = lines;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using var chunk = new MemoryStream(ChunkLength * 2);
        foreach (var line in _lines)
        {
            chunk.Write(line.Span);
            chunk.WriteByte((byte)'\n');
            if (chunk.Length < ChunkLength)
                continue;
            await stream.WriteAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length));
            chunk.SetLength(0);
        }

        await stream.WriteAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
