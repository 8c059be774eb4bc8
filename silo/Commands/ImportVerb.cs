using System.CommandLine;
using MallVip.Grains.Journal;
using MallVip.Silo.Hosting;
using MallVip.Silo.Import;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Commands;

internal static class ImportVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var verb =
            new Command("import", "Bring purchases, members or events in from a CSV file (docs/import.md).");
        foreach (var kind in Enum.GetValues<ImportKind>())
            verb.Add(Create(kind, console));
        return verb;
    }

    private static Command Create(ImportKind kind, IConsoleOutput console)
    {
        var csv = new Option<string>("--csv") { Description = "The file to read.", Required = true };
        var map =
            new Option<string>("--map") { Description = "The MAP.yaml that says how.", Required = true };
        var state =
            new Option<string?>("--state") { Description = "Keep progress here, so that a rerun goes on." };
        var rejects = new Option<string?>(
            "--rejects")
        { Description = "CSV of rejected rows. Default: CSV.rejects.csv." };
        var strict = new Option<bool>("--strict") { Description = "Exit with 3 when a row was rejected." };
        var output =
            new Option<string?>("--ndjson") { Description = "Only write the mapped lines to this file." };
        var (rules, data, json) = (SharedOptions.Rules(), SharedOptions.Data(), SharedOptions.Json());
        var verb = new Command(kind.ToString().ToLowerInvariant(), Describe(kind))
        {
            csv, map, rules, data, state, rejects, strict, output, json,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            var options = new ImportOptions(kind, parsed.GetValue(csv)!, parsed.GetValue(map)!)
            {
                StatePath = parsed.GetValue(state),
                RejectPath = parsed.GetValue(rejects),
                Strict = parsed.GetValue(strict),
                Json = parsed.GetValue(json),
                BatchSize = 4_096,
            };
            return parsed.GetValue(output) is { } file
                ? ToFileAsync(options, file, console, cancellation)
                : ToEngineAsync(
                    options, parsed.GetValue(rules)!, parsed.GetValue(data)!, console, cancellation);
        });
        return verb;
    }

    private static string Describe(ImportKind kind) => kind switch
    {
        ImportKind.Purchases => "Purchases and refunds.",
        ImportKind.Members => "Members with opening balances and tiers.",
        ImportKind.Events => "Events of any type.",
        _ => throw new InvalidOperationException($"No description of {kind}."),
    };

    private static async Task<int> ToFileAsync(
        ImportOptions options, string path, IConsoleOutput console, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        return await ImportCommand.RunAsync(options, new NdjsonSink(file), console, cancellation);
    }

    private static async Task<int> ToEngineAsync(
        ImportOptions options, string rules, string data, IConsoleOutput console,
        CancellationToken cancellation)
    {
        if (ProgrammeFolder.Load(rules, console.Error) is not { } programme)
            return ImportExit.Unusable;
        try
        {
            var (journal, key) = JournalFolder.Open(data);
            await using var engine = await LocalEngine.OpenAsync(
                journal, key, programme, TimeProvider.System, background: false);
            using var sink = new EngineSink(engine);
            return await ImportCommand.RunAsync(options, sink, console, cancellation);
        }
        catch (JournalLockedException)
        {
            await console.Error.WriteLineAsync(ConsoleText.Current.Format("import.locked"));
            return ImportExit.Unusable;
        }
        catch (JournalException failure)
        {
            await console.Error.WriteLineAsync($"import: {failure.Message}");
            return ImportExit.Unusable;
        }
    }
}
