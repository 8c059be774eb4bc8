using System.Collections.Immutable;
using MallVip.Client;
using MallVip.Client.Wire;
using MallVip.Rules.Checking;
using MallVip.Silo.Hosting;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Publishing;

/// <summary>What to publish.</summary>
/// <param name="Rules">The folder.</param>
/// <param name="At">Null: at once.</param>
/// <param name="Expected">The newest version that the operator knows of; null: the silo's.</param>
/// <param name="Allow">What may vanish though members hold it: <c>wallet:ID</c>.</param>
/// <param name="DryRun">Only tell what would change.</param>
public sealed record PublishOptions(
    SiloAddress Silo, string Rules, string? Note, DateTimeOffset? At, string? Expected,
    ImmutableArray<string> Allow, bool DryRun);

/// <summary>
/// The verb <c>mallvip publish</c>: a folder's files become the programme of a running silo.
/// </summary>
public static class PublishCommand
{
    public static Task<int> RunAsync(
        PublishOptions options, IConsoleOutput console, CancellationToken cancellation) =>
        SiloCall.RunAsync(
            options.Silo, console, client => PublishAsync(options, client, console, cancellation));

    private static async Task<int> PublishAsync(
        PublishOptions options, MallVipClient client, IConsoleOutput console, CancellationToken cancellation)
    {
        if (Read(options.Rules, console) is not { } files)
            return PublishExit.Mistakes;
        var expected = options.Expected
            ?? (await client.GetProgrammeAsync(cancellation: cancellation)).Newest;
        var draft = await client.PostDraftAsync(new(files), cancellation);
        var body = new PublishBody(draft.Id, options.Note, options.At, expected ?? "*", options.Allow);
        var answer = await client.PublishAsync(body, $"{Guid.NewGuid()}", options.DryRun, cancellation);
        Write(answer, options.Silo.Json, console);
        return PublishExit.Done;
    }

    /// <summary>Tells what became of a publish or a rollback.</summary>
    internal static void Write(PublishedBody answer, bool json, IConsoleOutput console)
    {
        if (json)
        {
            ProgrammePrinter.Write(answer, ApiJson.Readable.PublishedBody, console.Out);
            return;
        }

        ProgrammePrinter.Write(answer.Diagnostics, console.Error);
        ProgrammePrinter.Write(answer.Changes, console.Out);
        console.Out.WriteLine(ConsoleText.Current.Format("publish." + answer.Status));
        if (answer.Publication is { } made)
            console.Out.WriteLine(ProgrammePrinter.Line(made));
        foreach (var withdrawn in answer.Withdrawn)
            console.Out.WriteLine(
                ConsoleText.Current.Format("publish.withdrawn", ProgrammePrinter.Line(withdrawn)));
    }

    /// <summary>Null: a file cannot be read as text, and the console says why.</summary>
    private static ImmutableSortedDictionary<string, string?>? Read(string folder, IConsoleOutput console)
    {
        try
        {
            var files = ProgrammeFolder.Files(folder);
            foreach (var finding in files.Unreadable)
                console.Error.WriteLine(DiagnosticText.Line(finding));
            return files.Unreadable.Any(finding => finding.Severity == Severity.Error)
                ? null
                : files.Texts.ToImmutableSortedDictionary(
                    file => file.Key, string? (file) => file.Value, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine(ConsoleText.Current.Format("rules.unreadable", folder, failure.Message));
            return null;
        }
    }
}
