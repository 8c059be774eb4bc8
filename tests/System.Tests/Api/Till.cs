using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace MallVip.System.Tests.Api;

/// <summary>An HTTP/1.1 client that sends chunks and reads chunks, each when it is told to.</summary>
internal sealed class Till : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;
    private readonly PipeReader _response;
    private readonly StringBuilder _upload = new();
    private readonly Queue<string> _lines = new();
    private readonly List<byte> _partial = [];
    private readonly CancellationTokenSource _patience = new();
    private bool _begun;

    private Till(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
        _response = PipeReader.Create(
            _stream, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
    }

    /// <summary>Each step has its own time; one source for all, or a long upload keeps many.</summary>
    private CancellationToken Limit
    {
        get
        {
            _patience.CancelAfter(TestContext.Patience);
            return _patience.Token;
        }
    }

    public static async Task<Till> OpenAsync(
        Uri address, int receiveBuffer = 1 << 20, string path = "/v1/events")
    {
        var tcp = new TcpClient { ReceiveBufferSize = receiveBuffer };
        await tcp.ConnectAsync(address.Host, address.Port, TestContext.Limit);
        var till = new Till(tcp);
        await till._stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n" +
            "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
        return till;
    }

    /// <summary>Keeps text for <see cref="EndAsync"/> to send.</summary>
    public void Buffer(string text) => _upload.Append(text);

    /// <summary>Sends one chunk now.</summary>
    public async Task SendAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        byte[] chunk = [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];
        await _stream.WriteAsync(chunk, Limit);
    }

    public async Task EndAsync()
    {
        if (_upload.Length > 0)
            await SendAsync(_upload.ToString());
        await _stream.WriteAsync("0\r\n\r\n"u8.ToArray(), Limit);
    }

    /// <summary>The next answer.</summary>
    public async Task<string> ReadLineAsync()
    {
        while (_lines.Count == 0)
            await ReadChunkAsync();
        return _lines.Dequeue();
    }

    /// <summary>The next raw line of the response: a header, or a chunk's length.</summary>
    public async Task<string> ReadRawAsync()
    {
        while (true)
        {
            var result = await _response.ReadAsync(Limit);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(result.Buffer.Slice(0, end)).TrimEnd('\r');
                _response.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line;
            }

            _response.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
                throw new IOException("The response ended.");
        }
    }

    /// <summary>Hangs up at once, without the TCP farewell.</summary>
    public ValueTask DisposeAsync()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadChunkAsync()
    {
        if (!_begun)
        {
            Assert.Equal("HTTP/1.1 200 OK", await ReadRawAsync());
            while ((await ReadRawAsync()).Length > 0)
                continue;
            _begun = true;
        }

        var length = Convert.ToInt32(await ReadRawAsync(), 16);
        var result = await _response.ReadAtLeastAsync(length + 2, Limit);
        Take(result.Buffer.Slice(0, length).ToArray());
        _response.AdvanceTo(result.Buffer.GetPosition(length + 2));
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            _partial.AddRange(bytes[..end]);
            _lines.Enqueue(Encoding.UTF8.GetString(_partial.ToArray()));
            _partial.Clear();
            bytes = bytes[(end + 1)..];
        }

        _partial.AddRange(bytes);
    }
}
