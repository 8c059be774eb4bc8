using System.CommandLine;
using System.CommandLine.Parsing;
using MallVip.Client.Keys;
using MallVip.Grains.Journal;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Import;
using MallVip.Silo.Import.Http;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Commands;

internal static class ImportVerb
{
    public const string KeyVariable = "MALLVIP_KEY";

    public static Command Create(IConsoleOutput console)
    {
        var verb = new Command("import");
        foreach (var kind in Enum.GetValues<ImportKind>())
            verb.Add(Create(kind, console));
        return verb;
    }

    private static Command Create(ImportKind kind, IConsoleOutput console)
    {
        var csv = new Option<string>("--csv") { Required = true };
        var map = new Option<string>("--map") { Required = true };
        var state = new Option<string?>("--state");
        var rejects = new Option<string?>("--rejects");
        var strict = new Option<bool>("--strict");
        var output = new Option<string?>("--ndjson");
        var (to, key) = (new Option<Uri?>("--to") { CustomParser = Silo }, new Option<string?>("--key"));
        var (rules, data, json) = (SharedOptions.Rules(), SharedOptions.Data(), SharedOptions.Json());
        var verb = new Command(kind.ToString().ToLowerInvariant())
        {
            csv, map, rules, data, to, key, state, rejects, strict, output, json,
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
            if (parsed.GetValue(output) is { } file)
                return ToFileAsync(options, file, console, cancellation);
            if (parsed.GetValue(to) is { } silo)
                return ToSiloAsync(options, silo, parsed.GetValue(key), console, cancellation);
            return ToEngineAsync(
                options, parsed.GetValue(rules)!, SharedOptions.Journal(parsed, data), console, cancellation);
        });
        return verb;
    }

    /// <summary>Reads the address of a silo.</summary>
    public static Uri? Silo(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var silo) && silo.Scheme is "http" or "https")
            return silo;
        result.AddError(ConsoleText.Current.Format("import.no-address", text));
        return null;
    }

    private static async Task<int> ToFileAsync(
        ImportOptions options, string path, IConsoleOutput console, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        return await ImportCommand.RunAsync(options, new NdjsonSink(file), console, cancellation);
    }

    private static async Task<int> ToSiloAsync(
        ImportOptions options, Uri silo, string? key, IConsoleOutput console, CancellationToken cancellation)
    {
        if (options.Kind == ImportKind.Members)
        {
            await console.Error.WriteLineAsync(ConsoleText.Current.Format("import.members-local"));
            return ImportExit.Unusable;
        }

        key ??= Environment.GetEnvironmentVariable(KeyVariable);
        using var sink = new HttpSink(silo, key, TimeProvider.System);
        return await ImportCommand.RunAsync(options, sink, console, cancellation);
    }

    private static async Task<int> ToEngineAsync(
        ImportOptions options, string rules, JournalChoice chosen, IConsoleOutput console,
        CancellationToken cancellation)
    {
        if (ProgrammeFolder.Load(rules, console.Error) is not { } programme)
            return ImportExit.Unusable;
        try
        {
            var (journal, key) = await chosen.Place.OpenAsync(cancellation: cancellation);
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
        catch (Exception failure) when (failure is JournalException or StartupRefusedException)
        {
            await console.Error.WriteLineAsync($"import: {failure.Message}");
            return ImportExit.Unusable;
        }
    }
}
