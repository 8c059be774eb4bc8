using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MallVip.Client.Programmes;

/// <summary>The paths of the programme.</summary>
internal static class ProgrammeRoutes
{
    private const string Tag = "Programme";

    public static void Map(RouteGroupBuilder v1)
    {
        var programme = v1.MapGroup("/programme");
        programme.MapGet("",
            ([FromServices] ProgrammeEndpoints it, HttpContext context) => it.ReadAsync(context))
            .Named("readProgramme", "The programme in force", Tag, Scopes.Read).Bounded()
            .Takes("files").Produces<ProgrammeStateBody>().Refuses();
        programme.MapGet("/history",
            ([FromServices] ProgrammeEndpoints it, HttpContext context) => it.HistoryAsync(context))
            .Named("readHistory", "Every publish, newest first", Tag, Scopes.Read).Bounded()
            .Takes("cursor", "limit").Produces<HistoryBody>().Refuses();
        programme.MapGet("/diff",
            ([FromServices] ProgrammeEndpoints it, HttpContext context) => it.DiffAsync(context))
            .Named("diffProgramme", "What differs between two versions", Tag, Scopes.Read).Bounded()
            .Takes("from", "to").Produces<DiffBody>().Refuses();
        programme.MapGet("/budgets",
            ([FromServices] BudgetEndpoint it, HttpContext context) => it.ReadAsync(context))
            .Named("readBudgets", "What rules may still give to all members together", Tag, Scopes.Read)
            .Bounded().Produces<BudgetsBody>().Refuses();
        MapDrafts(programme);
        MapPublishing(programme);
    }

    private static void MapDrafts(RouteGroupBuilder programme)
    {
        programme.MapPost("/drafts",
            ([FromServices] ProgrammeEndpoints it, HttpContext context) => it.PostDraftAsync(context))
            .Named("postDraft", "Check files and keep them as a draft", Tag, Scopes.Operate).Bounded()
            .Accepts<DraftRequestBody>(EventMedia.Json).Produces<DraftBody>().Refuses();
        programme.MapGet("/drafts/{id}",
            ([FromServices] ProgrammeEndpoints it, HttpContext context, string id) =>
                it.ReadDraftAsync(context, id))
            .Named("readDraft", "A draft and its findings", Tag, Scopes.Operate).Bounded()
            .Produces<DraftBody>().Refuses();
    }

    private static void MapPublishing(RouteGroupBuilder programme)
    {
        programme.MapPost("/publish",
            ([FromServices] ProgrammeEndpoints it, HttpContext context) => it.PublishAsync(context))
            .Named("publish", "Put a draft in force", Tag, Scopes.Operate).Bounded()
            .Accepts<PublishBody>(EventMedia.Json).Takes("dryRun").NeedsKey()
            .Produces<PublishedBody>().Refuses().RefusesStale();
        programme.MapPost("/rollback",
            ([FromServices] ProgrammeEndpoints it, HttpContext context) => it.RollbackAsync(context))
            .Named("rollback", "Put an earlier version in force again", Tag, Scopes.Operate).Bounded()
            .Accepts<RollbackBody>(EventMedia.Json).Takes("dryRun").NeedsKey()
            .Produces<PublishedBody>().Refuses().RefusesStale();
    }
}
