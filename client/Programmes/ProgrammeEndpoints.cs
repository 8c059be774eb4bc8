using System.Collections.Immutable;
using System.Globalization;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Comparing;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Programmes;

/// <summary>The programme: what decides, drafts, publishes, rollbacks, what differs.</summary>
internal sealed class ProgrammeEndpoints(
    PublicationDesk desk, ProgrammeHost host, ProgrammeNews news, ProgrammeWorkshop workshop,
    DraftReader drafts, PublishOrderReader orders, TimeProvider time, ApiOptions options)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public async Task ReadAsync(HttpContext context)
    {
        var texts = QueryReader.Flag(context.Request, "files");
        var (history, programme, now) = (await desk.HistoryAsync(), host.Shown, time.GetUtcNow());
        if (history.Head is { } head)
            context.Response.Headers.ETag = $"\"{head.Version}\"";
        var body = new ProgrammeStateBody(
            programme.Version, programme.Name, programme.Rules.Length,
            programme.Sources.ToImmutableSortedDictionary(
                file => file.Key, file => texts ? file.Value : null, StringComparer.Ordinal),
            [.. history.WaitingAt(now).Select(next => ProgrammeBodyMaker.Of(next, history, now))],
            history.Head?.Version,
            history.InForceAt(now) is { } made ? ProgrammeBodyMaker.Of(made, history, now) : null,
            news.Refused is { } refused ? ProgrammeBodyMaker.Of(refused.Diagnostics) : null);
        await context.WriteJsonAsync(StatusCodes.Status200OK, body, ApiJson.Readable.ProgrammeStateBody);
    }

    public async Task HistoryAsync(HttpContext context)
    {
        var limit = QueryReader.Number(context.Request, "limit", DefaultLimit, least: 1, most: MaxLimit);
        var history = await desk.HistoryAsync();
        var before = Cursor(context.Request, history.Publications.Count);
        var now = time.GetUtcNow();
        var page = history.Publications.Take(before).Reverse().Take(limit)
            .Select(made => ProgrammeBodyMaker.Of(made, history, now)).ToImmutableArray();
        var left = before - page.Length;
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new(page, left > 0 ? left.ToString(CultureInfo.InvariantCulture) : null),
            ApiJson.Readable.HistoryBody);
    }

    public async Task DiffAsync(HttpContext context)
    {
        var history = await desk.HistoryAsync();
        var (from, to) = (context.Request.Query["from"].ToString(), context.Request.Query["to"].ToString());
        var inForce = history.InForceAt(time.GetUtcNow());
        var after = await FindAsync(to.Length > 0 ? to : host.Shown.Version);
        var before = await FindAsync(from.Length > 0 ? from : inForce?.Parent ?? host.Shown.Version);
        var comparison = await workshop.Queue(() => ProgrammeComparison.Of(before.Files, after.Files));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new(before.Version, after.Version, ProgrammeBodyMaker.Of(comparison.Changes),
                [.. comparison.Files.Select(file => new FileDiffBody(file.Path, file.Diff))]),
            ApiJson.Readable.DiffBody);
    }

    public async Task PostDraftAsync(HttpContext context)
    {
        var body = await BodyReader.ReadAsync(
            context, ApiJson.Default.DraftRequestBody, options.MaxBatchBytes);
        var draft = await desk.DraftAsync(await drafts.ReadAsync(body));
        context.Response.Headers.Location = $"/v1/programme/drafts/{draft.Id}";
        await WriteAsync(context, draft);
    }

    public Task ReadDraftAsync(HttpContext context, string id) => desk.FindDraft(id) is { } draft
        ? WriteAsync(context, draft)
        : context.WriteProblemAsync(Refusals.DraftNotFound);

    public async Task PublishAsync(HttpContext context)
    {
        var order = await orders.PublishAsync(context);
        await WriteAsync(context, await desk.PublishAsync(order), order.Call.DryRun);
    }

    public async Task RollbackAsync(HttpContext context)
    {
        var order = await orders.RollbackAsync(context);
        await WriteAsync(context, await desk.RollbackAsync(order), order.Call.DryRun);
    }

    private Task WriteAsync(HttpContext context, Draft draft)
    {
        var removals = draft.Result.Programme is { } programme ? desk.RemovalsOf(programme, []) : [];
        ImmutableArray<Diagnostic> findings = [.. removals, .. draft.Result.Diagnostics];
        var body = new DraftBody(
            draft.Id, draft.IsGood && findings.All(finding => finding.Severity != Severity.Error),
            draft.Result.Cases, ProgrammeBodyMaker.Of(findings),
            ProgrammeBodyMaker.Of(desk.ChangesOf(draft.Files)), draft.Result.Programme?.Rules.Length);
        return context.WriteJsonAsync(StatusCodes.Status200OK, body, ApiJson.Readable.DraftBody);
    }

    private Task WriteAsync(HttpContext context, PublishOutcome outcome, bool dryRun)
    {
        var (history, now) = (outcome.History, time.GetUtcNow());
        var made = outcome.Publication is { } one ? ProgrammeBodyMaker.Of(one, history, now) : null;
        if (outcome.Refusal is { } refusal)
            return context.WriteProblemAsync(
                ProblemBody.Of(refusal, Languages.Of(context.Request)) with
                {
                    Current = made,
                    Changes = outcome.Changes.IsEmpty ? null : ProgrammeBodyMaker.Of(outcome.Changes),
                    Diagnostics = outcome.Diagnostics.IsEmpty
                        ? null
                        : ProgrammeBodyMaker.Of(outcome.Diagnostics),
                });
        if (history.Head is { } head)
            context.Response.Headers.ETag = $"\"{head.Version}\"";
        var body = new PublishedBody(
            dryRun ? "dry-run" : outcome.Status.ToString().ToLowerInvariant(),
            ProgrammeBodyMaker.Of(outcome.Changes), ProgrammeBodyMaker.Of(outcome.Diagnostics),
            [.. outcome.Withdrawn.Select(old => ProgrammeBodyMaker.Of(old, history, now))], made);
        return context.WriteJsonAsync(StatusCodes.Status200OK, body, ApiJson.Readable.PublishedBody);
    }

    private async Task<(string Version, ImmutableSortedDictionary<string, string> Files)> FindAsync(
        string version) =>
        await desk.FindAsync(version) ?? throw new RefusedException(Refusals.VersionNotFound);

    private static int Cursor(HttpRequest request, int all)
    {
        var text = request.Query["cursor"].ToString();
        if (text.Length == 0)
            return all;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            && before <= all
            ? before
            : throw ApiErrors.InvalidCursor.Thrown("The cursor was not made by this API.");
    }
}
