using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using MallVip.Grains.Slips;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MallVip.Client.Slips;

/// <summary>The paths under <c>/v1/receipts</c>.</summary>
internal static class SlipRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/receipts",
            ([FromServices] SlipEndpoints slips, HttpContext context) => slips.PostAsync(context))
            .Named("postReceipt", "Hand in a receipt that no till has sent", "Receipts", Scopes.Operate)
            .Bounded().Accepts<SlipBody>(EventMedia.Json).Takes("dryRun").NeedsKey()
            .Produces<SlipViewBody>().Produces<SlipViewBody>(StatusCodes.Status202Accepted).Refuses();
        v1.MapGet("/receipts",
            ([FromServices] SlipEndpoints slips, HttpContext context) => slips.ListAsync(context))
            .Named("listReceipts", "Receipts handed in at the desk, the newest first", "Receipts",
                Scopes.Operate)
            .Bounded().Takes("status", "store", "day", "cursor").Produces<SlipsBody>().Refuses();
        v1.MapGet("/receipts/{id}",
            ([FromServices] SlipEndpoints slips, HttpContext context, string id) =>
                slips.ReadAsync(context, id))
            .Named("readReceipt", "A receipt handed in at the desk", "Receipts", Scopes.Operate).Bounded()
            .Produces<SlipViewBody>().Refuses();
        Decide(v1, "approve", SlipVerb.Approve, "Record a receipt that was handed in");
        Decide(v1, "decline", SlipVerb.Decline, "Leave a receipt unrecorded");
    }

    private static void Decide(RouteGroupBuilder v1, string word, SlipVerb verb, string summary) =>
        v1.MapPost($"/receipts/{{id}}/{word}",
            ([FromServices] SlipEndpoints slips, HttpContext context, string id) =>
                slips.DecideAsync(context, id, verb))
            .Named($"{word}Receipt", summary, "Receipts", Scopes.Operate).Bounded()
            .Accepts<SlipDecisionBody>(EventMedia.Json).Takes("dryRun")
            .Produces<SlipViewBody>().Refuses();
}
