using System.Diagnostics;
using System.Globalization;
using System.Text;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Serve;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Bench;

/// <summary>From saving a rule file in a silo's folder to the first purchase decided by it.</summary>
internal static class EditBench
{
    private const string File = "many.yaml";
    private const string Paid = "123.45";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(TextWriter output, int rules, int saves)
    {
        var folder = Directory.CreateTempSubdirectory("mallvip-bench-").FullName;
        var home = Directory.CreateDirectory(Path.Combine(folder, "rules")).FullName;
        foreach (var (name, text) in ProgrammeFolder.Files(ProgrammeFolder.Demo).Texts)
            await System.IO.File.WriteAllTextAsync(Path.Combine(home, name), text);
        await SaveAsync(home, rules, 0);
        var workshop = new ProgrammeWorkshop();
        var loaded = await workshop.LoadAsync(ProgrammeFolder.Files(home));
        await using (var silo = await SiloApp.StartAsync(
            new(home, JournalChoice.InFolder(Path.Combine(folder, "data")), "http://127.0.0.1:0"),
            loaded, workshop, TimeProvider.System, default))
            await MeasureAsync(output, silo, home, rules, saves);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task MeasureAsync(
        TextWriter output, SiloApp silo, string home, int rules, int saves)
    {
        var intake = silo.Services.GetRequiredService<EventIntake>();
        var options = new IntakeOptions { Actor = "bench", DryRun = true };
        await foreach (var answer in intake.AcceptAllAsync(
            One(EngineBed.Visits(1).Single()), new() { Actor = "bench", Run = new("enrol") }, default))
            if (answer.Status == EventStatus.Rejected)
                throw new InvalidOperationException($"Not enrolled: {answer.Refusal}");
        var times = new List<double>();
        for (var save = 1; save <= saves; save++)
        {
            var began = Stopwatch.GetTimestamp();
            await SaveAsync(home, rules, save);
            while (await AskAsync(intake, options) is { } answer && !Follows(answer, save))
            {
                await Task.Delay(5);
                if (Stopwatch.GetElapsedTime(began) > Patience)
                    throw new InvalidOperationException($"Not followed: {answer.Refusal} "
                        + string.Join(", ", answer.Outcome?.Lines ?? []));
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"edit in place: {rules:N0} rules, {saves} saves; from saving to the first purchase decided "
            + $"by it: median {times[saves / 2]:N0} ms, longest {times[^1]:N0} ms "
            + $"({FolderWatch.Quiet.TotalMilliseconds:N0} ms of it the quiet that a save is waited for)"));
    }

    private static bool Follows(EventAnswer answer, int save) =>
        answer.Outcome?.Lines.Any(line => line.Rule == "many/r0" && line.Points.Value == save) == true;

    /// <summary>What a purchase would bring now.</summary>
    private static Task<EventAnswer> AskAsync(EventIntake intake, IntakeOptions options)
    {
        var purchase = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"specversion":"1.0","id":"p","source":"bench","type":"mall.purchase","subject":"{{EventMaker.Subject(0)}}","data":{"receipt":"r","store":"beauty-hall","paid":"{{Paid}}"} }""");
        return intake.AcceptAsync(Encoding.UTF8.GetBytes(purchase), options, default);
    }

    /// <summary>Rules of which one acts on the purchase below, with an amount that tells the save.</summary>
    private static Task SaveAsync(string home, int rules, int save)
    {
        var text = new StringBuilder("ruleset: many\nrules:\n");
        for (var rule = 0; rule < rules; rule++)
        {
            var when = rule == 0 ? $"event.paid == {Paid}" : $"event.paid > {rule + 1_000_000}";
            text.Append(
                CultureInfo.InvariantCulture,
                $"  r{rule}:\n    on: mall.purchase\n    when: {when}\n");
            var amount = rule == 0 ? save : rule;
            text.Append(CultureInfo.InvariantCulture, $"    earn: {{ amount: '{amount}' }}\n");
        }

        return System.IO.File.WriteAllTextAsync(Path.Combine(home, File), text.ToString());
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> One(ReadOnlyMemory<byte> line)
    {
        await Task.Yield();
        yield return line;
    }
}
