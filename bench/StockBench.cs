using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Desk;
using MallVip.Grains.Stock;
using MallVip.Rules.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Bench;

/// <summary>
/// A flash claim: everybody wants one of the demo's hundred coupons in the same instant; how long until the
/// last of them has an answer, and the most that were out at any reading.
/// </summary>
internal static class StockBench
{
    private const string Template = "flash-30";

    public static async Task RunAsync(TextWriter output, string[] args)
    {
        var claims = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        await using var bed = await EngineBed.OpenAsync(claims);
        var desk = bed.Engine.Services.GetRequiredService<StockDesk>();
        var stock = StockName.OfCoupon(Template);
        var members = await Task.WhenAll(Enumerable.Range(0, claims).Select(async claim =>
            (await bed.Engine.Desk.FindAsync(EventMaker.Subject(claim), default)).Member!.Value));
        await desk.ReadAsync(stock);

        var (began, most) = (Stopwatch.GetTimestamp(), 0L);
        var asked = members.Select((member, claim) => desk.ClaimAsync(
            member, Template, hold: false,
            new DeskCall("bench", $"claim-{claim}", ReadOnlyMemory<byte>.Empty, false))).ToArray();
        var all = Task.WhenAll(asked);
        while (!all.IsCompleted)
        {
            var reading = await desk.ReadAsync(stock);
            most = Math.Max(most, reading.Taken + reading.Reserved);
        }

        var took = Stopwatch.GetElapsedTime(began);
        var answers = (await all).GroupBy(answer => answer.Answer.Status).OrderBy(answer => answer.Key)
            .Select(answer => string.Create(
                CultureInfo.InvariantCulture, $"{answer.Count():N0} {answer.Key}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"stock: {claims:N0} claims on 100 pieces at once: {took.TotalMilliseconds:N0} ms, "
            + $"{claims / took.TotalSeconds:N0}/s; {string.Join(", ", answers)}; at most {most} out"));
    }
}
