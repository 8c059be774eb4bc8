using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace MallVip.Bench;

/// <summary>
/// Single events over HTTP at twice the rate that was reached just before, whatever the answers: half from
/// one greedy till, half from 20 modest ones. The silo's gates are narrowed so that they, and not this
/// client on the same cores, are what is full.
/// </summary>
internal sealed class HttpOverload(HttpClient http, SiloProcess silo)
{
    private const int Members = 10_000;
    private const int Modest = 20;
    private const int Calibrating = 48;

    private readonly long[] _offered = new long[Modest + 1];
    private readonly long[] _served = new long[Modest + 1];
    private readonly long[] _refused = new long[Modest + 1];
    private readonly EventMaker[] _makers =
        [.. Enumerable.Range(0, Modest + 1).Select(till => new EventMaker(
            40_000 + till, Members, TimeProvider.System))];
    private long _withoutRetryAfter;
    private long _failed;

    /// <summary>What the silo is started with.</summary>
    public static IReadOnlyDictionary<string, string> Limits { get; } = new Dictionary<string, string>(
        StringComparer.Ordinal)
    {
        ["MallVip__Admission__MaxInFlight"] = "64",
        ["MallVip__Admission__MaxInFlightPerCaller"] = "32",
        ["MallVip__Admission__MaxWaiting"] = "256",
        ["MallVip__Admission__MaxWaitingPerCaller"] = "64",
    };

    /// <summary>Exit code 0 when nothing failed, every refusal says when to come back, and the modest tills
    /// together got at least as much as the greedy one.</summary>
    public static async Task<int> RunAsync(TextWriter output, string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        await using var silo = await SiloProcess.StartAsync(Limits);
        await new DuplexPost(silo.Url, "/v1/events?run=enrol").SendAsync(EngineBed.Visits(Members));
        using var http = new HttpClient { BaseAddress = silo.Url };
        var run = new HttpOverload(http, silo);
        await run.CalibrateAsync(3);
        var rate = await run.CalibrateAsync(Math.Clamp(seconds / 4, 2, 10));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {rate:N0} events/s with {Calibrating} unanswered; offering {2 * rate:N0}/s for {seconds} s"));
        return await run.OfferAsync(output, 2 * rate, TimeSpan.FromSeconds(seconds)) ? 0 : 1;
    }

    private async Task<double> CalibrateAsync(int seconds)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Calibrating).Select(async caller =>
        {
            await Task.Yield();
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
                await OneAsync(1 + (caller % Modest));
        }));
        var rate = _served.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var counts in (long[][])[_offered, _served, _refused])
            Array.Clear(counts);
        return rate;
    }

    private async Task<bool> OfferAsync(TextWriter output, double perSecond, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var (sent, reported, memory) = (0L, TimeSpan.Zero, new List<long>());
        var calls = new List<Task>();
        for (var elapsed = TimeSpan.Zero; elapsed < duration; elapsed = Stopwatch.GetElapsedTime(started))
        {
            for (var due = (long)(elapsed.TotalSeconds * perSecond); sent < due; sent++)
                calls.Add(OneAsync(sent % 2 == 0 ? 0 : 1 + (int)(sent / 2 % Modest)));
            if (elapsed - reported >= duration / 10)
            {
                reported = elapsed;
                memory.Add(silo.WorkingSet);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"  {elapsed.TotalSeconds,5:F1} s  silo {memory[^1] / 1e6,6:F1} MB  offered {sent:N0}  "
                    + $"served {_served.Sum():N0}  refused {_refused.Sum():N0}"));
                calls.RemoveAll(call => call.IsCompleted);
            }

            await Task.Delay(1);
        }

        await Task.WhenAll(calls);
        return await ReportAsync(output, memory, duration);
    }

    private async Task<bool> ReportAsync(TextWriter output, List<long> memory, TimeSpan duration)
    {
        var modest = _served.Skip(1).ToArray();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"  served {_served.Sum() / duration.TotalSeconds:N0}/s, refused "
            + $"{_refused.Sum() / duration.TotalSeconds:N0}/s ({_withoutRetryAfter} without Retry-After), "
            + $"{_failed} failed; silo {memory.Min() / 1e6:F0} to {memory.Max() / 1e6:F0} MB, "
            + $"at the end {memory[^1] / 1e6:F0}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"  greedy till: offered {_offered[0]:N0}, served {_served[0]:N0}; each modest: offered "
            + $"{_offered[1]:N0}, served {modest.Min():N0} to {modest.Max():N0}"));
        return _failed == 0 && _withoutRetryAfter == 0 && modest.Sum() >= _served[0];
    }

    private async Task OneAsync(int till)
    {
        await Task.Yield();
        Interlocked.Increment(ref _offered[till]);
        ReadOnlyMemory<byte> line;
        lock (_makers[till])
            line = _makers[till].Purchase();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/events");
        request.Content = new ReadOnlyMemoryContent(line);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        request.Headers.Add("X-Till", string.Create(CultureInfo.InvariantCulture, $"till-{till}"));
        try
        {
            using var response = await http.SendAsync(request);
            Count(till, response);
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    private void Count(int till, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _served[till]);
            return;
        }

        if ((int)response.StatusCode is not (429 or 503))
            Interlocked.Increment(ref _failed);
        else
            Interlocked.Increment(ref _refused[till]);
        if (response.Headers.RetryAfter is null)
            Interlocked.Increment(ref _withoutRetryAfter);
    }
}
