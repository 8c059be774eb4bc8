using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Comparing;
using MallVip.Rules.Programmes.Loading;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Programmes;

/// <summary>What became of a look at the folder.</summary>
public enum FolderLook
{
    /// <summary>The files are those that were seen before, or those in force.</summary>
    Nothing,
    Published,
    /// <summary>The old version stays; the news says why.</summary>
    Refused,
}

/// <summary>
/// Publishes the files of the silo's own folder when they have changed. The folder's last good version is
/// remembered across restarts: only a change of the folder is an edit, not that somebody published through
/// the API meanwhile. One look at a time.
/// </summary>
public sealed partial class FolderPublisher(
    PublicationDesk desk, ProgrammeHost host, ProgrammeWorkshop workshop, IJournal journal,
    ProgrammeNews news, TimeProvider time, ILogger<FolderPublisher> log)
{
    /// <summary>The setting that holds the folder's last good version.</summary>
    public const string Seen = "rules-folder";

    private const int Tries = 3;

    private string? _refused;

    /// <summary>Looks at the files as they are now.</summary>
    public async Task<FolderLook> LookAsync(ProgrammeFiles files)
    {
        var version = files.Version();
        if (!files.Unreadable.IsEmpty)
            return Refuse(version, files.Unreadable, "unreadable");
        var history = await desk.BeginAsync();
        var seen = await journal.GetMetaAsync(Seen);
        if (version == seen)
            return Settle();
        var result = await workshop.LoadAsync(files);
        return result.Programme is { } programme
            ? await PublishAsync(programme, seen, history)
            : Refuse(version, result.Diagnostics, version);
    }

    private async Task<FolderLook> PublishAsync(Programme programme, string? seen, ProgrammeHistory history)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (programme.Version == history.InForceAt(time.GetUtcNow())?.Version)
            {
                await journal.SetMetaAsync(Seen, programme.Version);
                return Settle();
            }

            if (Objections(programme, seen, history) is { IsEmpty: false } objections)
                return Refuse(programme.Version, objections, programme.Version + history.Head!.Version);
            var outcome = await desk.PublishFolderAsync(
                programme, history.Head?.Version, PublishedHow.Edited);
            if (outcome.Refusal is null)
            {
                await journal.SetMetaAsync(Seen, programme.Version);
                Settle();
                Published(log, programme.Version[..12], programme.Rules.Length);
                return FolderLook.Published;
            }

            if (attempt == Tries)
                return Refuse(
                    programme.Version, [Behind(history.Head!)], programme.Version + history.Head!.Version);
            history = await desk.HistoryAsync();
        }
    }

    private ImmutableArray<Diagnostic> Objections(
        Programme programme, string? seen, ProgrammeHistory history)
    {
        // Who fixes the files after a rollback goes on from what they hold; who has never seen what was
        // published through the API would undo it unawares.
        var source = history.Publications.FindLast(made => made.How != PublishedHow.RolledBack);
        if (source is { How: PublishedHow.Published } && source.Version != seen)
            return [Behind(source)];
        // Where silos share the journal, a folder that holds an older version is one that was not brought up
        // to date: going back is a rollback's to do.
        if (journal.IsShared && history.Publications.Exists(made => made.Version == programme.Version))
            return [Behind(history.Head!)];
        if (CutFiles.Of(host.Shown, programme) is { IsEmpty: false } cut)
            return cut;
        var removals = desk.RemovalsOf(programme, []);
        return removals.Any(finding => finding.Severity == Severity.Error) ? removals : [];
    }

    private static Diagnostic Behind(Publication newest) => new(
        "FOLDER_BEHIND", new(ProgrammeLoader.MainFile, 1, 1), [newest.Version[..12], newest.Author]);

    private FolderLook Settle()
    {
        _refused = null;
        news.Settle();
        return FolderLook.Nothing;
    }

    /// <param name="same">What makes it the same refusal as before, which is not told again.</param>
    private FolderLook Refuse(string version, ImmutableArray<Diagnostic> findings, string same)
    {
        if (same == _refused)
            return FolderLook.Refused;
        _refused = same;
        news.Tell(new(NewsKind.Refused, time.GetUtcNow(), version, null, findings));
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToArray();
        NotPublished(log, host.Shown.Version[..12], errors.Length, errors[0].ToString());
        return FolderLook.Refused;
    }

    [LoggerMessage(
        1, LogLevel.Information, "The edited files are published as version {Version} with {Rules} rules")]
    private static partial void Published(ILogger log, string version, int rules);

    [LoggerMessage(
        2, LogLevel.Error,
        "The edited files are NOT published, version {Version} stays: {Count} mistakes, the first {First}")]
    private static partial void NotPublished(ILogger log, string version, int count, string first);
}
