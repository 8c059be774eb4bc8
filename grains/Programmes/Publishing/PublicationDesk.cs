using System.Collections.Immutable;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Comparing;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Grains.Programmes;

/// <summary>
/// The way in for new versions: drafts are checked, published, brought back. Whoever is told of a publish can
/// rely on it: the files are archived, the history is durable, and this silo has the version loaded.
/// </summary>
public sealed class PublicationDesk(
    ProgrammeHost host, ProgrammeWorkshop workshop, IGrainFactory grains, Pseudonym pseudonym,
    ProgrammeNews news, StockGuard stocks, TimeProvider time)
{
    /// <summary>The fewest digits that may stand for a version.</summary>
    public const int ShortVersion = 8;

    private readonly DraftBook _drafts = new();

    /// <summary>Every publish so far.</summary>
    public Task<ProgrammeHistory> HistoryAsync() => Retry.OnFailedAppend(Grain.Read);

    /// <summary>Checks files and keeps them as a draft.</summary>
    public async Task<Draft> DraftAsync(ProgrammeFiles files)
    {
        var id = files.Version();
        return _drafts.Find(id)
            ?? _drafts.Keep(new(id, files.Texts, await workshop.LoadAsync(files)));
    }

    /// <summary>Null: it was never posted, or is forgotten; posting the files again brings it back.</summary>
    public Draft? FindDraft(string id) => _drafts.Find(id);

    /// <summary>The files of a draft or of a version; null: there is none, or several begin so.</summary>
    /// <param name="version">Whole, or at least <see cref="ShortVersion"/> digits of a published one.</param>
    public async Task<(string Version, ImmutableSortedDictionary<string, string> Files)?> FindAsync(
        string version)
    {
        if (_drafts.Find(version) is { } draft)
            return (draft.Id, draft.Files);
        var whole = Whole(await HistoryAsync(), version) ?? version;
        return whole.Length == 64 && await host.Archive.SourcesAsync(whole) is { } files
            ? (whole, files)
            : null;
    }

    /// <summary>The version in force, or one that was published; null: none has this whole name.</summary>
    public async Task<Programme?> FindVersionAsync(string version) =>
        host.Shown.Version == version
            || (await HistoryAsync()).Publications.Any(made => made.Version == version)
            ? await host.GetAsync(version)
            : null;

    /// <summary>What a version no longer declares that members may hold.</summary>
    public ImmutableArray<Diagnostic> RemovalsOf(Programme next, IReadOnlyCollection<string> allowed) =>
        Removals.Of(host.Shown, next, allowed);

    /// <summary>What files change against what is in force.</summary>
    public ImmutableArray<ProgrammeChange> ChangesOf(ImmutableSortedDictionary<string, string> files) =>
        ProgrammeComparison.ChangesOf(host.Shown.Sources, files);

    /// <summary>Publishes a draft.</summary>
    public async Task<PublishOutcome> PublishAsync(PublishOrder order)
    {
        if (_drafts.Find(order.Version) is not { } draft)
            return new() { Refusal = Refusals.DraftNotFound };
        if (draft.Result.Programme is not { } programme)
            return new() { Refusal = Refusals.NotPublishable, Diagnostics = draft.Result.Diagnostics };
        var removals = RemovalsOf(programme, order.Allow);
        ImmutableArray<Diagnostic> findings = [.. removals, .. draft.Result.Diagnostics];
        return removals.Any(finding => finding.Severity == Severity.Error)
            ? new() { Refusal = Refusals.NotPublishable, Diagnostics = findings }
            : await RecordAsync(order, programme, PublishedHow.Published, findings);
    }

    /// <summary>
    /// Publishes an earlier version again. What it no longer declares is told, not refused.
    /// </summary>
    public async Task<PublishOutcome> RollbackAsync(PublishOrder order)
    {
        var history = await HistoryAsync();
        if (Whole(history, order.Version) is not { } version)
            return new() { Refusal = Refusals.VersionNotFound };
        var programme = await host.GetAsync(version);
        var findings = RemovalsOf(programme, [.. host.Shown.Wallets.Select(wallet => "wallet:" + wallet.Id),
            .. host.Shown.Tiers.Select(tier => "tier:" + tier.Id)]);
        return await RecordAsync(
            order with { Version = version }, programme, PublishedHow.RolledBack, findings);
    }

    /// <summary>Publishes what is in the silo's own folder.</summary>
    /// <param name="expected">The newest version that was seen; null: there is none.</param>
    public async Task<PublishOutcome> PublishFolderAsync(
        Programme programme, string? expected, PublishedHow how)
    {
        var order = new PublishOrder
        {
            Version = programme.Version,
            Expected = expected,
            Call = new(Publication.FolderAuthor, "", default, DryRun: false),
        };
        return await RecordAsync(order, programme, how, []);
    }

    /// <summary>Records what is in force as the beginning of an empty history.</summary>
    public async Task<ProgrammeHistory> BeginAsync()
    {
        var history = await HistoryAsync();
        if (history.Head is not null)
            return history;
        await PublishFolderAsync(host.Current, expected: null, PublishedHow.First);
        return await HistoryAsync();
    }

    private async Task<PublishOutcome> RecordAsync(
        PublishOrder order, Programme programme, PublishedHow how, ImmutableArray<Diagnostic> findings)
    {
        if (how != PublishedHow.First && await stocks.RefuseAsync(programme) is { } below)
            return new() { Refusal = below, Diagnostics = findings };
        var changes = ChangesOf(programme.Sources);
        if (order.Call.DryRun)
            return await TryAsync(order, await HistoryAsync(), findings, changes);
        var before = how == PublishedHow.First ? ProgrammeHistory.Empty : await BeginAsync();
        await host.Archive.SaveAsync(programme);
        var answer = await Retry.OnFailedAppend(
            () => Grain.Publish(ToRequest(order, programme, how, before)));
        if (Refused(answer) is { } refusal)
            return await ConflictAsync(order, answer, refusal);
        if (answer.Status == PublishStatus.Published)
        {
            await host.FollowAsync(answer.History);
            if (how != PublishedHow.First)
                news.Tell(new(
                    NewsKind.Published, time.GetUtcNow(), programme.Version, answer.Publication, findings));
        }

        return new()
        {
            Publication = answer.Publication,
            Status = answer.Status,
            Diagnostics = findings,
            Changes = changes,
            Withdrawn = WithdrawnBy(before, answer),
            History = answer.History,
        };
    }

    private async Task<PublishOutcome> TryAsync(
        PublishOrder order, ProgrammeHistory history, ImmutableArray<Diagnostic> findings,
        ImmutableArray<ProgrammeChange> changes)
    {
        var expected = Expected(order, history);
        return expected is not null && history.Head?.Version != expected
            ? await ConflictAsync(
                order, new(PublishStatus.Conflict, history.Head, history), Refusals.ProgrammeChanged)
            : new() { Diagnostics = findings, Changes = changes, History = history };
    }

    /// <summary>Tells the loser of a race what the winner changed.</summary>
    private async Task<PublishOutcome> ConflictAsync(
        PublishOrder order, PublishAnswer answer, Refusal refusal)
    {
        var changes = ImmutableArray<ProgrammeChange>.Empty;
        if (answer is { Status: PublishStatus.Conflict, Publication: { } newest }
            && Whole(answer.History, order.Expected!) is { } expected
            && await host.Archive.SourcesAsync(expected) is { } old
            && await host.Archive.SourcesAsync(newest.Version) is { } now)
            changes = ProgrammeComparison.ChangesOf(old, now);
        return new()
        {
            Refusal = refusal,
            Publication = answer.Publication,
            Changes = changes,
            History = answer.History,
        };
    }

    private PublishRequest ToRequest(
        PublishOrder order, Programme programme, PublishedHow how, ProgrammeHistory history) => new()
        {
            Version = order.Version,
            Expected = Expected(order, history),
            Author = order.Call.Actor,
            Note = order.Note,
            How = how,
            EffectiveAt = order.EffectiveAt,
            Key = order.Call.Key.Length == 0
            ? EventKey.None
            : EventKey.ForCommand(order.Call.Actor, order.Call.Key),
            Content = order.Call.Key.Length == 0
            ? UInt128.Zero
            : pseudonym.ContentHash(order.Call.Content.Span),
            Timed = [.. programme.Timed.Select(timed => timed.Type)],
        };

    private static Refusal? Refused(PublishAnswer answer) => answer.Status switch
    {
        PublishStatus.Conflict => Refusals.ProgrammeChanged,
        PublishStatus.KeyReused => Refusals.KeyReused,
        _ => null,
    };

    private static ImmutableArray<Publication> WithdrawnBy(ProgrammeHistory before, PublishAnswer answer) =>
        answer is { Status: PublishStatus.Published, Publication: { } made }
            ? [.. before.WaitingAt(made.PublishedAt).Where(old => old.EffectiveAt >= made.EffectiveAt)]
            : [];

    private static string? Expected(PublishOrder order, ProgrammeHistory history) =>
        order.Expected is { } expected ? Whole(history, expected) ?? expected : null;

    /// <summary>The one published version that begins so.</summary>
    private static string? Whole(ProgrammeHistory history, string version)
    {
        if (version.Length < ShortVersion)
            return null;
        string? found = null;
        foreach (var publication in history.Publications)
        {
            if (!publication.Version.StartsWith(version, StringComparison.Ordinal))
                continue;
            if (found is not null && found != publication.Version)
                return null;
            found = publication.Version;
        }

        return found;
    }

    private IProgrammeGrain Grain => grains.GetGrain<IProgrammeGrain>(PublishRequest.Grain);
}
