using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MallVip.Bench;

/// <summary>
/// An NDJSON upload whose answers are read while it runs. The platform's HTTP client reads an HTTP/1.1 answer
/// only after the upload, and the API rightly cuts such a client.
/// </summary>
internal sealed class DuplexPost(Uri url, string path)
{
    private const int ChunkLength = 64 << 10;

    private static readonly byte[] Rejected = Encoding.ASCII.GetBytes("\"status\":\"rejected\"");

    /// <summary>Sends the lines and answers how many answers came; a rejection throws.</summary>
    public async Task<int> SendAsync(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        using var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(url.Host, url.Port);
        await using var stream = connection.GetStream();
        var reading = CountAsync(stream);
        await WriteAsync(stream, lines);
        return await reading;
    }

    private async Task WriteAsync(NetworkStream stream, IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        var head = $"POST {path} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/x-ndjson\r\n"
            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        using var chunk = new MemoryStream(ChunkLength * 2);
        foreach (var line in lines)
        {
            chunk.Write(line.Span);
            chunk.WriteByte((byte)'\n');
            if (chunk.Length >= ChunkLength)
                await WriteChunkAsync(stream, chunk);
        }

        await WriteChunkAsync(stream, chunk);
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
    }

    private static async Task WriteChunkAsync(NetworkStream stream, MemoryStream chunk)
    {
        if (chunk.Length == 0)
            return;
        var size = chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(size));
        await stream.WriteAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length));
        await stream.WriteAsync("\r\n"u8.ToArray());
        chunk.SetLength(0);
    }

    /// <summary>Answers are lines; line ends of the protocol itself follow a carriage return.</summary>
    private static async Task<int> CountAsync(NetworkStream stream)
    {
        var buffer = new byte[ChunkLength];
        var count = 0;
        var previous = (byte)0;
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            if (buffer.AsSpan(0, read).IndexOf(Rejected) >= 0)
                throw new InvalidOperationException("An event was rejected.");
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == '\n' && previous != '\r')
                    count++;
                previous = buffer[i];
            }
        }

        return count;
    }
}
