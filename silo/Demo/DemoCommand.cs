using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Texts;
using MallVip.Silo.Verify;

namespace MallVip.Silo.Demo;

/// <summary>What <c>mallvip demo</c> was asked to do.</summary>
/// <param name="Rules">The programme's folder.</param>
/// <param name="Seed">Seed of the simulated mall.</param>
/// <param name="Seconds">How long it is open, 1 to 3,600.</param>
/// <param name="Members">How many members it has.</param>
public sealed record DemoOptions(string Rules, int Seed, int Seconds, int Members);

/// <summary>
/// The verb <c>mallvip demo</c>: a simulated mall at work on a real engine with a durable journal, in a
/// folder or schema that is removed at the end; it closes with the audit that <c>mallvip verify</c> runs.
/// </summary>
public static class DemoCommand
{
    /// <summary>0: the audit is clean; 1: it is not; 2: the programme or the database cannot be
    /// used.</summary>
    public static async Task<int> RunAsync(
        DemoOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        var settings = JournalSettings.Load();
        var faults = settings.ExamineDatabase();
        foreach (var fault in faults)
            await console.Error.WriteLineAsync(fault);
        if (ProgrammeFolder.Load(options.Rules, console.Error) is not { } programme
            || !faults.IsEmpty)
            return 2;
        try
        {
            await using var made = await DemoPlace.MakeAsync(settings, cancellation);
            await PlayAsync(options, programme, made.Place, console.Out, cancellation);
            console.Out.WriteLine(ConsoleText.Current.Format("demo.audit"));
            return await VerifyCommand.RunAsync(
                new(JournalChoice.Of(made.Place), null, null), console, cancellation);
        }
        catch (JournalException failure)
        {
            await console.Error.WriteLineAsync($"demo: {failure.Message}");
            return 2;
        }
    }

    private static async Task PlayAsync(
        DemoOptions options, Programme programme, JournalPlace place, TextWriter output,
        CancellationToken cancellation)
    {
        var (journal, key) = await place.OpenAsync(cancellation: cancellation);
        await using var engine = await LocalEngine.OpenAsync(
            journal, key, programme, TimeProvider.System, background: true);
        output.WriteLine(ConsoleText.Current.Format(
            "demo.title", options.Members, programme.Stores.Count, programme.Version[..12], options.Seconds,
            options.Seed));
        var mall = new DemoMall(options, programme, TimeProvider.System);
        var board = new DemoBoard(output, TimeProvider.System);
        var intake = new IntakeOptions { Actor = "demo", Run = new RunClock("demo"), Window = 256 };
        await foreach (
            var answer in engine.Intake.AcceptAllAsync(mall.Events(cancellation), intake, cancellation))
            board.Show(mall.Answered(), answer);
        board.Close();
    }
}
