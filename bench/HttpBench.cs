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
        await EnrolAsync(client);
        await StreamAsync(output, client);
        var most = await SingleAsync(output, client, "as fast as it goes, 64 connections", seconds, perSecond: null);
        await SingleAsync(output, client, "at half of that rate", seconds, most / 2);
    }

    private static async Task EnrolAsync(HttpClient client)
    {
        using var content = new LinesContent(EngineBed.Visits(Members));
        using var response = await client.PostAsync(new Uri("/v1/events?run=enrol", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
    }

    private static async Task StreamAsync(TextWriter output, HttpClient client)
    {
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(async stream =>
        {
            var maker = new EventMaker(10_000 + stream, Members, TimeProvider.System);
            using var content = new LinesContent(Enumerable.Range(0, LinesPerStream).Select(_ => maker.Purchase()));
            using var response = await client.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
            response.EnsureSuccessStatusCode();
            await response.Content.CopyToAsync(Stream.Null);
        }));
        var elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  NDJSON, {Streams} streams of {LinesPerStream:N0} lines: {Streams * LinesPerStream / elapsed:N0} events/s (client on the same cores)"));
    }

    private static async Task<double> SingleAsync(
        TextWriter output, HttpClient client, string name, int seconds, double? perSecond)
    {
        var meter = new BenchMeter();
        const int Connections = 64;
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async connection =>
        {
            var maker = new EventMaker(20_000 + connection + (perSecond is null ? 0 : 1_000), Members, TimeProvider.System);
            var pause = perSecond is { } rate ? TimeSpan.FromSeconds(Connections / rate) : TimeSpan.Zero;
            var next = Stopwatch.GetTimestamp();
            while (Stopwatch.GetTimestamp() < until)
            {
                var begin = Stopwatch.GetTimestamp();
                await PostAsync(client, maker.Purchase());
                meter.Add(Stopwatch.GetElapsedTime(begin));
                next += (long)(pause.TotalSeconds * Stopwatch.Frequency);
                if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next) is { Ticks: > 0 } wait)
                    await Task.Delay(wait);
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
