using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Api;

/// <summary>
/// A very long upload with a bad line in the middle. MALLVIP_STREAM_LINES says how many lines; 100,000 by
/// default, so that the suite stays fast. What it measures is the memory of the whole process: no other test
/// runs meanwhile.
/// </summary>
[CollectionDefinition(nameof(LongStreamTests), DisableParallelization = true)]
[Collection(nameof(LongStreamTests))]
public sealed class LongStreamTests(ITestOutputHelper output)
{
    private const int LinesPerChunk = 500;

    /// <summary>Two windows of 4 MiB, this test's buffers, and what is not collected yet.</summary>
    private const long MostGrowth = 16 << 20;

    private static readonly int Lines = int.Parse(
        Environment.GetEnvironmentVariable("MALLVIP_STREAM_LINES") ?? "100000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task All_lines_but_the_bad_one_are_accepted_in_order_and_memory_stays_flat()
    {
        // The host of these tests keeps what is logged, which would grow with the lines.
        await using var host = await ApiHost.StartAsync(
            configure: builder => builder.Logging.SetMinimumLevel(LogLevel.None));
        host.Door.Kept = 10;
        await using var till = await Till.OpenAsync(host.Address);
        var started = TimeProvider.System.GetTimestamp();
        var sending = SendAsync(till);

        var early = 0L;
        for (var i = 1; i <= Lines; i++)
        {
            var answer = Requests.Answer(await till.ReadLineAsync());
            Assert.Equal((i, i == Bad ? null : $"e{i}"), (answer.Line, answer.Id));
            Assert.Equal(i == Bad ? "invalid_json" : null, answer.Error?.Code);
            if (i == Lines / 10)
                early = GC.GetTotalMemory(forceFullCollection: true);
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - early;
        await sending;
        var took = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine(
            $"{Lines:N0} lines in {took.TotalSeconds:N1} s; {early:N0} bytes, then {growth:+#;-#}");
        Assert.Equal(Lines - 1, host.Door.Count);
        Assert.InRange(growth, long.MinValue, MostGrowth);
    }

    private static int Bad => Lines / 2;

    private static async Task SendAsync(Till till)
    {
        var chunk = new StringBuilder();
        for (var i = 1; i <= Lines; i++)
        {
            chunk.Append(i == Bad ? "{\"id\": nonsense}" : Requests.Event($"e{i}").Trim()).Append('\n');
            if (i % LinesPerChunk != 0 && i != Lines)
                continue;
            await till.SendAsync(chunk.ToString());
            chunk.Clear();
        }

        await till.EndAsync();
    }
}
