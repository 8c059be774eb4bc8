using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Silo.Hosting;

namespace MallVip.Silo.Replay;

/// <summary>What <c>mallvip replay</c> was asked to do.</summary>
/// <param name="Rules">The programme's folder.</param>
/// <param name="Events">CloudEvents, one JSON a line.</param>
/// <param name="Until">Later lines are not decided, and the final clock is this; null: the latest
/// event.</param>
/// <param name="Out">Where members are written; null: standard output.</param>
public sealed record ReplayOptions(string Rules, string Events, DateTimeOffset? Until, string? Out);

/// <summary>The verb <c>mallvip replay</c>: events through rules, without a server, balances out.</summary>
public static class ReplayCommand
{
    /// <summary>
    /// 0: done (rejected and duplicate lines are on standard error); 2: input or rules cannot be read.
    /// </summary>
    public static async Task<int> RunAsync(ReplayOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        if (ProgrammeFolder.Load(options.Rules, console.Error) is not { } programme)
            return 2;
        try
        {
            await using var input = File.OpenRead(options.Events);
            await using var engine = await OpenAsync(programme);
            var clock = new RunClock("replay");
            await DecideAsync(engine, new ReplayLines(input, options.Until), clock, console.Error, cancellation);
            if (options.Until is { } until)
                clock.Advance(until);
            await WriteAsync(engine, clock.Now, options.Out, console.Out, cancellation);
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"replay: {failure.Message}");
            return 2;
        }
    }

    private static Task<LocalEngine> OpenAsync(Programme programme) => LocalEngine.OpenAsync(
        new MemoryJournal(), ServerKey.FromBytes(new byte[ServerKey.Size]), programme, TimeProvider.System,
        background: false);

    private static async Task DecideAsync(
        LocalEngine engine, ReplayLines lines, RunClock clock, TextWriter errors, CancellationToken cancellation)
    {
        var options = new IntakeOptions { Actor = "replay", Run = clock };
        var answered = 0;
        await foreach (var answer in engine.Intake.AcceptAllAsync(lines.ReadAsync(cancellation), options, cancellation))
        {
            var line = lines.NumberOf(answered++);
            if (answer.Status == EventStatus.Duplicate)
                await errors.WriteLineAsync(ReplayJson.Problem(line, "duplicate"));
            else if (answer.Refusal is { } refusal)
                await errors.WriteLineAsync(ReplayJson.Problem(line, refusal.Code));
        }
    }

    private static async Task WriteAsync(
        LocalEngine engine, DateTimeOffset now, string? path, TextWriter standard, CancellationToken cancellation)
    {
        await using var file = path is null ? null : new StreamWriter(path);
        var output = file ?? standard;
        foreach (var member in await MembersAsync(engine.Set.Journal, cancellation))
        {
            var grain = engine.Grains.GetGrain<IMemberGrain>(member.ToString());
            await grain.Handle(MemberRequest.Due with { RunClock = now });
            if (await engine.Desk.ReadAsync(member, null, cancellation) is { } view)
                await output.WriteLineAsync(ReplayJson.Member(view, engine.Set.Programmes.Current));
        }

        await output.FlushAsync(cancellation);
    }

    private static async Task<IReadOnlyCollection<MemberId>> MembersAsync(
        IJournalReader journal, CancellationToken cancellation)
    {
        var members = new SortedSet<MemberId>();
        var page = await journal.TailAsync(TailPosition.Start, 4_096, cancellation);
        while (page.Entries.Count > 0)
        {
            foreach (var entry in page.Entries)
            {
                if (entry.Grain.Kind == GrainKind.Member)
                    members.Add(new(entry.Grain.Id));
            }

            page = await journal.TailAsync(page.Next, 4_096, cancellation);
        }

        return members;
    }
}
