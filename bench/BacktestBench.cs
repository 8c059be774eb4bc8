using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Backtesting;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Bench;

/// <summary>
/// How fast a recorded year is decided again: under the very programme that decided it, and under one whose
/// base rule gives twice as much; beside the rate at which the engine took the same events in.
/// </summary>
internal static class BacktestBench
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static async Task RunAsync(TextWriter output, string[] args)
    {
        var members = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var events = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 400_000;
        var begin = TimeProvider.System.GetUtcNow() - Year;
        await using var bed = await EngineBed.OpenInRunAsync(members, begin);
        var began = Stopwatch.GetTimestamp();
        await FillAsync(bed, members, events, begin);
        var taken = events / Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"backtest: {members:N0} members, {events:N0} purchases over a year taken in at {taken:N0}/s"));
        var shipped = bed.Engine.Set.Programmes.Shown;
        // As the command reads it, beside the silo; and as the silo reads it for the API.
        await using var beside = SqliteJournalReader.Open(bed.Folder!);
        var own = bed.Engine.Set.Journal;
        await TryAsync(output, beside, "warm-up", shipped, taken);
        await TryAsync(output, beside, "the same rules", shipped, taken);
        await TryAsync(output, beside, "base rule doubled", Doubled(shipped), taken);
        await TryAsync(output, own, "the same rules within the silo", shipped, taken);
        await TryAsync(output, own, "base rule doubled within the silo", Doubled(shipped), taken);
    }

    private static async Task FillAsync(EngineBed bed, int members, int events, DateTimeOffset begin)
    {
        var clock = new StridingClock(begin, Year / events);
        var maker = new EventMaker(1, members, clock);
        var options = new IntakeOptions { Actor = "bench", Run = bed.Run };
        await foreach (var answer in bed.Engine.Intake.AcceptAllAsync(Lines(maker, events), options, default))
            if (answer.Status != EventStatus.Accepted)
                throw new InvalidOperationException($"Not accepted: {answer.Refusal}");
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(EventMaker maker, int events)
    {
        await Task.Yield();
        for (var made = 0; made < events; made++)
            yield return maker.Purchase();
    }

    private static async Task TryAsync(
        TextWriter output, IJournalReader journal, string name, Programme draft, double taken)
    {
        var (before, cpu) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        var result = await BacktestRun.RunAsync(
            journal, new() { Draft = draft }, TimeProvider.System, static (_, _) => { }, default);
        var rate = result.Entries / result.Took.TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name}: {result.Entries:N0} entries in {result.Took.TotalSeconds:F1} s, {rate:N0}/s, "
            + $"{rate / taken:F1} times the intake, "
            + $"{(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / result.Entries:F0} us of CPU and "
            + $"{(GC.GetTotalAllocatedBytes() - before) / result.Entries / 1024.0:F1} KB an entry, "
            + $"{(result.IsSame ? "nothing differs" : "it differs")}, {result.OpenAsks} open asks"));
    }

    private static Programme Doubled(Programme shipped)
    {
        var files = shipped.Sources.ToDictionary(
            file => file.Key,
            file => file.Value.Replace(") / 10\n", ") / 5\n", StringComparison.Ordinal),
            StringComparer.Ordinal);
        return new ProgrammeLoader().LoadPublished(files).Programme
            ?? throw new InvalidOperationException("The doubled programme does not load.");
    }
}
