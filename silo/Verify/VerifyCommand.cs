using System.Globalization;
using MallVip.Client.Keys;
using MallVip.Grains.Journal;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Verify;

/// <summary>What <c>mallvip verify</c> was asked to do.</summary>
/// <param name="Journal">The journal; a running silo may have it open.</param>
/// <param name="Anchor">A file of exported roots to compare with; null: none.</param>
/// <param name="ExportAnchor">Where to export the roots; null: nowhere.</param>
public sealed record VerifyOptions(JournalChoice Journal, string? Anchor, string? ExportAnchor);

/// <summary>The verb <c>mallvip verify</c>: reads the whole journal and re-adds everything.</summary>
public static class VerifyCommand
{
    /// <summary>0: all holds; 1: it does not; 2: the journal or the anchor cannot be read.</summary>
    public static async Task<int> RunAsync(
        VerifyOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        try
        {
            var anchor = options.Anchor is { } path
                ? JournalAnchor.Parse(await File.ReadAllTextAsync(path, cancellation))
                : null;
            await using var journal = await options.Journal.Place.OpenReaderAsync(cancellation);
            var result = await Auditor.RunAsync(journal, anchor, cancellation);
            Write(result, console.Out);
            if (options.ExportAnchor is { } export)
                await File.WriteAllTextAsync(export, result.Journal.Anchor.ToJson(), cancellation);
            return result.IsClean ? 0 : 1;
        }
        catch (Exception failure) when (
            failure is JournalException or IOException or UnauthorizedAccessException
                or StartupRefusedException)
        {
            await console.Error.WriteLineAsync($"verify: {failure.Message}");
            return 2;
        }
    }

    /// <summary>Counts first, then every problem that was kept, then the verdict.</summary>
    public static void Write(AuditResult result, TextWriter output)
    {
        var text = ConsoleText.Current;
        output.WriteLine(text.Format(
            "verify.counts", result.Journal.Entries, result.Journal.Batches, result.Journal.Grains,
            result.Journal.Keys, result.Members, result.Lines));
        foreach (var problem in result.Journal.Problems)
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {problem.Code} @{problem.Pos} {problem.Grain}: {problem.Message}"));
        foreach (var problem in result.LedgerProblems)
            output.WriteLine($"  {problem}");
        output.WriteLine(result.IsClean
            ? text.Format("verify.clean")
            : text.Format("verify.broken", result.Journal.ProblemCount + result.LedgerProblemCount));
    }
}
