using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Due;
using MallVip.Grains.Tiers;
using MallVip.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Bench;

/// <summary>
/// What time brings to many members: how late it is at an ordinary midnight and at a month's end, and how
/// fast a silo that was down catches up, while tills go on sending.
/// </summary>
internal static class DueBench
{
    private const int Tills = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly DateTimeOffset Noon = new(2026, 9, 15, 12, 0, 0, TimeSpan.FromHours(8));

    public static async Task RunAsync(TextWriter output, string[] args)
    {
        var members = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        using var bed = new DueBed();
        bed.Clock.Set(Noon);
        var began = Stopwatch.GetTimestamp();
        await bed.FillAsync(members);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"due: {members:N0} members with a birthday, a purchase and its points, every 20th with a gold "
            + $"card, made in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s; SQLite with fsync; "
            + $"{Tills / Pause.TotalSeconds:N0} purchases a second meanwhile"));
        await DownAsync(output, bed, members, "all that a year has left undone", Noon.AddMinutes(1));
        await DownAsync(output, bed, members, "a day down, over a month's end", Midnight(10, 1).AddHours(12));
        await MidnightAsync(output, bed, members, "an ordinary midnight", Midnight(10, 13));
        await MidnightAsync(output, bed, members, "the end of a month", Midnight(11, 1));
        await ReviewAsync(output, bed);
    }

    /// <summary>A silo starts when much is overdue.</summary>
    private static async Task DownAsync(
        TextWriter output, DueBed bed, int members, string name, DateTimeOffset now)
    {
        bed.Clock.Set(now);
        var began = Stopwatch.GetTimestamp();
        await using var engine = await bed.OpenAsync();
        var opened = Stopwatch.GetElapsedTime(began);
        await using var tills = new PacedTills(engine, members, Tills, Pause);
        var (rows, took) = await CaughtUpAsync(engine, bed.Clock);
        var served = await tills.StopAsync();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name}: open after {opened.TotalSeconds:F1} s, {rows:N0} rows caught up in "
            + $"{took.TotalSeconds:F1} s, {rows / took.TotalSeconds:N0} a second; {served}"));
    }

    /// <summary>A silo that runs over an instant at which much falls due.</summary>
    private static async Task MidnightAsync(
        TextWriter output, DueBed bed, int members, string name, DateTimeOffset midnight)
    {
        // What the days since the last measurement have brought is done first.
        bed.Clock.Set(midnight.AddMinutes(-10));
        await using (var before = await bed.OpenAsync())
            await CaughtUpAsync(before, bed.Clock);
        bed.Clock.Set(midnight.AddSeconds(-5));
        await using var engine = await bed.OpenAsync();
        await using var tills = new PacedTills(engine, members, Tills, Pause);
        var meter = engine.Services.GetRequiredService<DueMeter>();
        while (bed.Clock.GetUtcNow() < midnight)
            await Task.Delay(1);
        var curve = await CurveAsync(engine, bed.Clock, meter);
        var served = await tills.StopAsync();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name}: {curve[^1].Rows - curve[0].Rows:N0} rows at one instant, half of them durable after "
            + $"{Late(curve, midnight, 0.5):N0} ms, 99 % after {Late(curve, midnight, 0.99):N0} ms, the last "
            + $"after {Late(curve, midnight, 1):N0} ms; {served}"));
    }

    /// <summary>Who would move if the ladder were published as it is: all are looked at, asleep.</summary>
    private static async Task ReviewAsync(TextWriter output, DueBed bed)
    {
        await using var engine = await bed.OpenAsync(background: false);
        var review = engine.Services.GetRequiredService<TierReview>();
        var began = Stopwatch.GetTimestamp();
        var (looked, moves) = (0, 0);
        for (int? from = 0; from is { } share;)
        {
            var page = await review.LookAsync(share, falls: true, static _ => new(true), default);
            (looked, moves, from) = (looked + page.Members, moves + page.Moves.Length, page.Next);
        }

        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  a review of the ladder: {looked:N0} members looked at in {took:F1} s, {looked / took:N0} "
            + $"a second; {moves:N0} would move"));
    }

    private static async Task<(long Rows, TimeSpan Took)> CaughtUpAsync(
        LocalEngine engine, ShiftedClock clock)
    {
        var meter = engine.Services.GetRequiredService<DueMeter>();
        var began = Stopwatch.GetTimestamp();
        var curve = await CurveAsync(engine, clock, meter);
        return (curve[^1].Rows, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>How many rows were done when, until nothing is due.</summary>
    private static async Task<List<(DateTimeOffset At, long Rows)>> CurveAsync(
        LocalEngine engine, ShiftedClock clock, DueMeter meter)
    {
        var curve = new List<(DateTimeOffset, long)> { (clock.GetUtcNow(), meter.Fired) };
        do
        {
            await Task.Delay(5);
            curve.Add((clock.GetUtcNow(), meter.Fired));
        }
        while (await engine.Set.Journal.NextDueAsync() <= clock.GetUtcNow()
            || meter.TakeLag() > TimeSpan.Zero);
        return curve;
    }

    private static double Late(
        List<(DateTimeOffset At, long Rows)> curve, DateTimeOffset midnight, double share)
    {
        var (first, last) = (curve[0].Rows, curve[^1].Rows);
        var enough = first + (long)Math.Ceiling((last - first) * share);
        return (curve.First(point => point.Rows >= enough).At - midnight).TotalMilliseconds;
    }

    private static DateTimeOffset Midnight(int month, int day) =>
        new(2026, month, day, 0, 0, 0, TimeSpan.FromHours(8));
}
