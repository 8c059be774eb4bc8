using System.Diagnostics;
using System.Globalization;
using System.Text;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Bench;

/// <summary>
/// What a change of the programme costs: from saving a file of a 1,000-rule programme to the first purchase
/// decided by it, and what purchases notice of a thousand publishes.
/// </summary>
internal static class PublishBench
{
    private const int Members = 10_000;

    public static async Task RunAsync(TextWriter output, string[] args)
    {
        var publishes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000;
        var callers = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 32;
        var perSecond = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0;
        await EditBench.RunAsync(output, rules: 1_000, saves: 10);
        await using var bed = await EngineBed.OpenAsync(Members);
        output.WriteLine($"publishes under load: {callers} callers, the demo programme");
        await LoadAsync(output, bed, "warm-up", callers, Pause(TimeSpan.FromSeconds(3)));
        await LoadAsync(output, bed, "without", callers, Pause(TimeSpan.FromSeconds(8)));
        await LoadAsync(
            output, bed, $"{publishes} publishes", callers, PublishAsync(bed, publishes, perSecond));
        await LoadAsync(output, bed, "without", callers, Pause(TimeSpan.FromSeconds(8)));
    }

    /// <summary>Callers send purchases one after the other until something is over.</summary>
    private static async Task LoadAsync(
        TextWriter output, EngineBed bed, string name, int callers, Task until)
    {
        var (meter, options, lost) = (new BenchMeter(), new IntakeOptions { Actor = "bench" }, 0);
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            var maker = bed.Maker(caller);
            while (!until.IsCompleted)
            {
                var sent = Stopwatch.GetTimestamp();
                var answer = await bed.Engine.Intake.AcceptAsync(maker.Purchase(), options, default);
                if (answer.Status == EventStatus.Accepted)
                    meter.Add(Stopwatch.GetElapsedTime(sent));
                else
                    Interlocked.Increment(ref lost);
            }
        }));
        await until;
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name}: {seconds:F1} s, {lost} events not accepted; {meter.Report(seconds)}"));
    }

    /// <param name="perSecond">0: as fast as it goes.</param>
    private static async Task PublishAsync(EngineBed bed, int count, int perSecond)
    {
        await Task.Yield();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(perSecond == 0 ? 1 : 1.0 / perSecond));
        var desk = bed.Engine.Services.GetRequiredService<PublicationDesk>();
        var files = ProgrammeFolder.Files(ProgrammeFolder.Demo).Texts;
        for (var publish = 0; publish < count; publish++)
        {
            var text = $"{files["points.yaml"]}\n# Publish {publish}.\n";
            var draft = await desk.DraftAsync(ProgrammeFiles.Of(files.SetItem("points.yaml", text)));
            var call = new DeskCall("bench", draft.Id, Encoding.UTF8.GetBytes(draft.Id), DryRun: false);
            var outcome = await desk.PublishAsync(new() { Version = draft.Id, Call = call });
            if (outcome.Refusal is { } refusal)
                throw new InvalidOperationException($"Not published: {refusal}");
            if (perSecond > 0)
                await pace.WaitForNextTickAsync();
        }
    }

    private static Task Pause(TimeSpan time) => Task.Delay(time);
}
