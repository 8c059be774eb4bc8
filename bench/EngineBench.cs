using System.Diagnostics;
using System.Globalization;
using System.Text;
using MallVip.Grains.Intake;

namespace MallVip.Bench;

/// <summary>
/// Events per second of the whole engine in process: JSON in, identity, decision under the demo programme,
/// durable SQLite journal, dedupe index and due work running.
/// </summary>
internal static class EngineBench
{
    private const int Members = 100_000;

    public static async Task RunAsync(TextWriter output, string[] args)
    {
        var callers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 512;
        var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        await using var bed = await EngineBed.OpenAsync(Members);
        output.WriteLine($"engine: {Members:N0} members, {callers} callers, {seconds} s, SQLite with fsync");
        await CallsAsync(output, bed, "warm-up", callers, Math.Min(5, seconds));
        await CallsAsync(output, bed, "calls", callers, seconds);
        await StreamsAsync(output, bed, seconds);
    }

    /// <summary>So many callers, each with one event at a time.</summary>
    /// <returns>Events a second.</returns>
    public static async Task<double> CallsAsync(
        TextWriter output, EngineBed bed, string name, int callers, int seconds)
    {
        var meter = new BenchMeter();
        var options = new IntakeOptions { Actor = "bench" };
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            var maker = bed.Maker(caller);
            while (Stopwatch.GetTimestamp() < until)
            {
                var begin = Stopwatch.GetTimestamp();
                var answer =
                    await bed.Engine.Intake.AcceptAsync(maker.Purchase(), options, CancellationToken.None);
                if (answer.Status != EventStatus.Accepted)
                    throw new InvalidOperationException($"Not accepted: {answer.Refusal}");
                meter.Add(Stopwatch.GetElapsedTime(begin));
            }
        }));
        output.WriteLine($"  {name}: {meter.Report(seconds)}");
        return meter.Count / (double)seconds;
    }

    /// <summary>Four streams of events.</summary>
    /// <returns>Events a second.</returns>
    public static async Task<double> StreamsAsync(TextWriter output, EngineBed bed, int seconds)
    {
        var meter = new BenchMeter();
        var options = new IntakeOptions { Actor = "bench" };
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async stream =>
        {
            await Task.Yield();
            var maker = bed.Maker(1_000_000 + stream);
            await foreach (
                var answer in bed.Engine.Intake.AcceptAllAsync(Lines(maker, until), options, default))
            {
                if (answer.Status != EventStatus.Accepted)
                    throw new InvalidOperationException($"Not accepted: {answer.Refusal}");
                meter.Add(TimeSpan.Zero);
            }
        }));
        output.WriteLine($"  4 streams: {meter.Report(seconds)}");
        return meter.Count / (double)seconds;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(EventMaker maker, long until)
    {
        await Task.Yield();
        while (Stopwatch.GetTimestamp() < until)
            yield return maker.Purchase();
    }
}

/// <summary>Makes the events of one caller: every id new, members at random.</summary>
internal sealed class EventMaker(int caller, int members, TimeProvider time)
{
    private static readonly string[] Stores = ["beauty-hall", "bay-fresh", "bay-cinema", "bay-noodle"];

    private static int Runs;

    private readonly int _run = Interlocked.Increment(ref Runs);
    private readonly Random _random = new(caller);
    private int _count;

    public ReadOnlyMemory<byte> Purchase()
    {
        var id = $"{_run}-{caller}-{_count++}";
        var member = _random.Next(members);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"specversion":"1.0","id":"{{id}}","source":"bench","type":"mall.purchase","subject":"{{Subject(member)}}","time":"{{time.GetUtcNow():O}}","data":{"receipt":"{{id}}","store":"{{Stores[_random.Next(Stores.Length)]}}","paid":"{{_random.Next(100, 90_000) / 100m}}" } }"""));
    }

    public static string Subject(int member) =>
        string.Create(CultureInfo.InvariantCulture, $"phone:+861{3_800_000_000L + member}");
}
