using System.Collections.Immutable;
using MallVip.Client.Wire;
using MallVip.Grains.Programmes;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Comparing;

namespace MallVip.Client.Programmes;

/// <summary>Shows publishes, findings and changes on the wire.</summary>
internal static class ProgrammeBodyMaker
{
    private const int MostInNews = 10;

    public static PublicationBody Of(Publication made, ProgrammeHistory history, DateTimeOffset now) => new(
        made.Number, made.Version, made.Author, made.Note, made.PublishedAt, made.EffectiveAt,
        made.How switch
        {
            PublishedHow.First => "first",
            PublishedHow.Edited => "edited",
            PublishedHow.Published => "published",
            PublishedHow.RolledBack => "rolled-back",
            _ => throw new InvalidOperationException($"No name for {made.How}."),
        },
        history.StateAt(made, now) switch
        {
            PublicationState.InForce => "in-force",
            PublicationState.Waiting => "waiting",
            PublicationState.Past => "past",
            PublicationState.Withdrawn => "withdrawn",
            var other => throw new InvalidOperationException($"No name for {other}."),
        },
        made.Parent);

    public static ImmutableArray<DiagnosticBody> Of(IEnumerable<Diagnostic> findings) =>
        [.. findings.Select(Of)];

    public static ImmutableArray<ChangeBody> Of(ImmutableArray<ProgrammeChange> changes) =>
        [.. changes.Select(change => new ChangeBody(
            change.Change switch
            {
                ChangeKind.Added => "added",
                ChangeKind.Removed => "removed",
                ChangeKind.Changed => "changed",
                _ => throw new InvalidOperationException($"No name for {change.Change}."),
            },
            change.What, change.Id, change.Place.File, change.Place.Line))];

    public static LiveProgrammeBody Of(ProgrammeNotice notice) => new(
        notice.Kind switch
        {
            NewsKind.Published => "published",
            NewsKind.InForce => "in-force",
            NewsKind.Refused => "refused",
            _ => throw new InvalidOperationException($"No name for {notice.Kind}."),
        },
        notice.At, notice.Version, notice.Publication?.Author, notice.Publication?.Note,
        notice.Publication?.EffectiveAt,
        notice.Kind == NewsKind.Refused ? Of(notice.Diagnostics.Take(MostInNews)) : null);

    private static DiagnosticBody Of(Diagnostic finding) => new(
        finding.Code, finding.Severity == Severity.Error ? "error" : "warning",
        finding.Place.File, finding.Place.Line, finding.Place.Column,
        new(finding.Message(Language.English), finding.Message(Language.Chinese)),
        finding.Hint(Language.English) is { } hint
            ? new(hint, finding.Hint(Language.Chinese) ?? hint)
            : null);
}
