using System.Text;
using MallVip.System.Tests.Api;

namespace MallVip.System.Tests.RealData;

/// <summary>An NDJSON upload whose answers are read while it goes on.</summary>
internal static class Upload
{
    private const int LinesPerChunk = 200;

    public static async Task<ChannelCounts> RunAsync(Uri address, string[] lines)
    {
        await using var till = await Till.OpenAsync(address, path: address.PathAndQuery);
        var sending = SendAsync(till, lines);
        var (accepted, duplicate, rejected) = (0, 0, 0);
        foreach (var line in lines)
        {
            var answer = Requests.Answer(await till.ReadLineAsync());
            Assert.Contains($"\"id\":\"{answer.Id}\"", line, StringComparison.Ordinal);
            (accepted, duplicate, rejected) = answer.Status switch
            {
                "accepted" => (accepted + 1, duplicate, rejected),
                "duplicate" => (accepted, duplicate + 1, rejected),
                _ => (accepted, duplicate, rejected + 1),
            };
        }

        await sending;
        return new(accepted, duplicate, rejected);
    }

    private static async Task SendAsync(Till till, string[] lines)
    {
        var chunk = new StringBuilder();
        foreach (var part in lines.Chunk(LinesPerChunk))
        {
            chunk.Clear();
            foreach (var line in part)
                chunk.Append(line).Append('\n');
            await till.SendAsync(chunk.ToString());
        }

        await till.EndAsync();
    }
}
