using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace MallVip.Bench;

/// <summary>
/// The engine over HTTP on the loopback, served by a process of its own (started here from the same build):
/// NDJSON streams, then single events at half of the rate that single events reach at most.
/// </summary>
internal static class HttpBench
{
    private const int Members = 100_000;
    private const int Streams = 4;
    private const int LinesPerStream = 50_000;

    public static async Task RunAsync(TextWriter output, string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        await using var silo = await SiloProcess.StartAsync();
        using var client = new HttpClient { BaseAddress = silo.Url, Timeout = TimeSpan.FromMinutes(5) };
        await EnrolAsync(silo.Url);
        await StreamAsync(output, silo.Url);
        await StreamAsync(output, silo.Url);
        var most =
            await SingleAsync(output, client, "as fast as it goes, 64 connections", seconds, perSecond: null);
        await SingleAsync(output, client, "at half of that rate", seconds, most / 2);
    }

    private static async Task EnrolAsync(Uri url)
    {
        var enrolled = await new DuplexPost(url, "/v1/events?run=enrol").SendAsync(EngineBed.Visits(Members));
        if (enrolled != Members)
            throw new InvalidOperationException($"{enrolled} of {Members} members were enrolled.");
    }

    private static async Task StreamAsync(TextWriter output, Uri url)
    {
        var begin = Stopwatch.GetTimestamp();
        var accepted = await Task.WhenAll(Enumerable.Range(0, Streams).Select(async stream =>
        {
            await Task.Yield();
            var maker = new EventMaker(10_000 + stream, Members, TimeProvider.System);
            return await new DuplexPost(url, "/v1/events").SendAsync(
                Enumerable.Range(0, LinesPerStream).Select(_ => maker.Purchase()));
        }));
        var elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  NDJSON, {Streams} streams of {LinesPerStream:N0} lines: {accepted.Sum() / elapsed:N0} "
            + $"accepted events/s, the client on the same cores"));
    }

    private static async Task<double> SingleAsync(
        TextWriter output, HttpClient client, string name, int seconds, double? perSecond)
    {
        var meter = new BenchMeter();
        const int Connections = 64;
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async connection =>
        {
            var maker = new EventMaker(
                20_000 + connection + (perSecond is null ? 0 : 1_000), Members, TimeProvider.System);
            var pause = perSecond is { } rate ? (long)(Stopwatch.Frequency * Connections / rate) : 0;
            // The connections take turns: all at once would be a burst, not a load.
            var next = Stopwatch.GetTimestamp() + (pause * connection / Connections);
            while (Stopwatch.GetTimestamp() is var now && now < until)
            {
                if (Stopwatch.GetElapsedTime(now, next) is { Ticks: > 0 } wait)
                    await Task.Delay(wait);
                // An event that had to wait for the one before it has waited for the silo.
                var begin = pause > 0 && now > next ? next : Stopwatch.GetTimestamp();
                await PostAsync(client, maker.Purchase());
                meter.Add(Stopwatch.GetElapsedTime(begin));
                next += pause;
            }
        }));
        output.WriteLine($"  single events, {name}: {meter.Report(seconds)}");
        return meter.Count / (double)seconds;
    }

    private static async Task PostAsync(HttpClient client, ReadOnlyMemory<byte> line)
    {
        using var content = new ReadOnlyMemoryContent(line);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        using var response = await client.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }
}
