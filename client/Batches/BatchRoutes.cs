using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using MallVip.Grains.Batches;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MallVip.Client.Batches;

/// <summary>The paths under <c>/v1/batches</c>.</summary>
internal static class BatchRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/batches",
            ([FromServices] BatchEndpoints lists, HttpContext context) => lists.PostAsync(context))
            .Named("postBatch", "Hand in a list of actions on members", "Lists", Scopes.Operate).Bounded()
            .Accepts<string>("text/csv").Takes("reason", "dryRun").NeedsKey()
            .Produces<BatchViewBody>(StatusCodes.Status202Accepted).Refuses();
        v1.MapGet("/batches",
            ([FromServices] BatchEndpoints lists, HttpContext context) => lists.ListAsync(context))
            .Named("listBatches", "Lists, the newest first", "Lists", Scopes.Operate).Bounded()
            .Takes("status").Produces<BatchesBody>().Refuses();
        v1.MapGet("/batches/{id}",
            ([FromServices] BatchEndpoints lists, HttpContext context, string id) =>
                lists.ReadAsync(context, id))
            .Named("readBatch", "A list and how far it is", "Lists", Scopes.Operate).Bounded()
            .Takes("after").Produces<BatchViewBody>().Refuses();
        Decide(v1, "approve", BatchVerb.Approve, "Carry a list out");
        Decide(v1, "decline", BatchVerb.Decline, "Leave a list undone");
        Decide(v1, "cancel", BatchVerb.Cancel, "Do no more rows of a list");
        Decide(v1, "undo", BatchVerb.Undo, "Take a list back");
    }

    private static void Decide(RouteGroupBuilder v1, string word, BatchVerb verb, string summary) =>
        v1.MapPost($"/batches/{{id}}/{word}",
            ([FromServices] BatchEndpoints lists, HttpContext context, string id) =>
                lists.DecideAsync(context, id, verb))
            .Named($"{word}Batch", summary, "Lists", Scopes.Operate).Bounded()
            .Accepts<BatchDecisionBody>(EventMedia.Json).Takes("dryRun")
            .Produces<BatchViewBody>().Refuses();
}
