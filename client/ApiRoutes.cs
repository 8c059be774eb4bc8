using MallVip.Client.Backtests;
using MallVip.Client.Batches;
using MallVip.Client.Catalogue;
using MallVip.Client.Coupons;
using MallVip.Client.Events;
using MallVip.Client.Explaining;
using MallVip.Client.Health;
using MallVip.Client.Keys;
using MallVip.Client.Live;
using MallVip.Client.Members;
using MallVip.Client.Page;
using MallVip.Client.Parking;
using MallVip.Client.Programmes;
using MallVip.Client.Reports;
using MallVip.Client.Reviews;
using MallVip.Client.Runtime;
using MallVip.Client.Slips;
using MallVip.Client.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MallVip.Client;

/// <summary>Every path, with the scope it asks for and what the OpenAPI document says of it.</summary>
internal static class ApiRoutes
{
    private const string JsonMedia = EventMedia.Json;

    public static void Map(IEndpointRouteBuilder routes)
    {
        HealthEndpoints.Map(routes);
        PageEndpoints.Map(routes);
        routes.MapOpenApi("/v1/openapi.json");
        var v1 = routes.MapGroup("/v1");
        MapEvents(v1);
        MapDesk(v1);
        MapIdentities(v1);
        MapReads(v1);
        CouponRoutes.Map(v1);
        OrderRoutes.Map(v1);
        ReviewRoutes.Map(v1);
        MapTiers(v1);
        BatchRoutes.Map(v1);
        SlipRoutes.Map(v1);
        ParkingRoutes.Map(v1);
        ProgrammeRoutes.Map(v1);
        v1.MapGet("/live",
            ([FromServices] LiveEndpoint live, HttpContext context) => live.StreamAsync(context))
            .Named("live", "The live feed", "Live", Scopes.Read)
            .Produces<LiveItem>(StatusCodes.Status200OK, "text/event-stream");
        v1.MapGet("/reports/{name}",
            ([FromServices] ReportEndpoint reports, HttpContext context, string name) =>
                reports.ReadAsync(context, name))
            .Named(
                "readReport", "Points, outstanding, funding, tiers, coupons or waiting, added up", "Reports",
                Scopes.Operate)
            .Bounded().Takes("firstDay", "lastDay", "format", "cost")
            .Produces<ReportBody>(StatusCodes.Status200OK, JsonMedia, "text/csv").Refuses();
        v1.MapPost("/rules/backtest",
            ([FromServices] BacktestEndpoint it, HttpContext context) => it.PostAsync(context))
            .Named("backtest", "What a draft would have given, had it decided the history", "Programme",
                Scopes.Operate)
            .Bounded().Accepts<BacktestBody>(JsonMedia)
            .Produces<BacktestResultBody>(StatusCodes.Status200OK, JsonMedia, "application/x-ndjson")
            .Refuses();
        v1.MapGet("/runtime",
            ([FromServices] RuntimeEndpoint runtime, HttpContext context) => runtime.ReadAsync(context))
            .Named("readRuntime", "Residents, calls and queues by grain class", "Live", Scopes.Read)
            .Produces<RuntimeBody>().Refuses();
    }

    private static void MapEvents(RouteGroupBuilder v1)
    {
        v1.MapPost("/events",
            ([FromServices] EventEndpoint events, HttpContext context) => events.PostAsync(context))
            .Named("postEvents", "Send one event, a batch or a stream", "Events", Scopes.Write).Bounded()
            .Accepts<CloudEventBody>(EventMedia.One, EventMedia.Json, EventMedia.Batch, EventMedia.Lines)
            .Takes("run", "dryRun").WithMetadata(new ReadsPreference())
            .Produces<EventAnswerBody>(StatusCodes.Status200OK, JsonMedia, EventMedia.Lines)
            .Produces<EventAnswerBody>(StatusCodes.Status202Accepted, JsonMedia, EventMedia.Lines)
            .Refuses();
        v1.MapGet("/events",
            ([FromServices] OutcomeEndpoint outcomes, HttpContext context) => outcomes.ReadAsync(context))
            .Named("readEvent", "What became of an event", "Events", Scopes.Write).Bounded()
            .Takes("source", "id").Produces<EventAnswerBody>().Refuses();
        v1.MapPost("/runs/{id}/end",
            ([FromServices] RunEndpoint runs, HttpContext context, string id) => runs.End(context, id))
            .Named("endRun", "End an import: its members' timers run again", "Events", Scopes.Operate)
            .Bounded().Produces<RunBody>().Refuses();
    }

    private static void MapDesk(RouteGroupBuilder v1)
    {
        v1.MapPost("/events/claim",
            ([FromServices] DeskEndpoints desk, HttpContext context) => desk.ClaimAsync(context))
            .Desk<ClaimBody>("claimEvent", "Give an unclaimed event to a member");
        v1.MapPost("/members",
            ([FromServices] DeskEndpoints desk, HttpContext context) => desk.RegisterAsync(context))
            .Desk<RegisterBody>("registerMember", "Register a member", StatusCodes.Status201Created);
        v1.MapPost("/members/{id}/spend",
            ([FromServices] DeskEndpoints desk, HttpContext context, string id) =>
                desk.SpendAsync(context, id))
            .Desk<SpendBody>("spend", "Use points");
        v1.MapPost("/members/{id}/holds",
            ([FromServices] HoldEndpoints holds, HttpContext context, string id) =>
                holds.HoldAsync(context, id))
            .Desk<HoldPointsBody>("hold", "Set points aside for a spend");
        v1.MapPost("/members/{id}/holds/{hold}/capture",
            ([FromServices] HoldEndpoints holds, HttpContext context, string id, string hold) =>
                holds.CaptureAsync(context, id, hold))
            .Desk<CaptureBody>("capture", "Spend what is held");
        v1.MapDelete("/members/{id}/holds/{hold}",
            ([FromServices] HoldEndpoints holds, HttpContext context, string id, string hold) =>
                holds.ReleaseAsync(context, id, hold))
            .Desk<ReleaseBody>("release", "Give held points free");
        v1.MapPost("/members/{id}/transfer",
            ([FromServices] TransferEndpoint transfers, HttpContext context, string id) =>
                transfers.PostAsync(context, id))
            .Desk<TransferPointsBody>("transfer", "Give points to another member");
        v1.MapPost("/members/{id}/merge",
            ([FromServices] MergeEndpoint merges, HttpContext context, string id) =>
                merges.PostAsync(context, id))
            .Desk<MergeBody>("merge", "Make one member of two", scope: Scopes.Operate);
        v1.MapPost("/members/{id}/adjust",
            ([FromServices] DeskEndpoints desk, HttpContext context, string id) =>
                desk.AdjustAsync(context, id))
            .Desk<AdjustBody>("adjust", "Correct a balance by hand", scope: Scopes.Operate);
        v1.MapPost("/members/{id}/confirm",
            ([FromServices] PointsEndpoints points, HttpContext context, string id) =>
                points.ConfirmAsync(context, id))
            .Desk<ConfirmBody>("confirm", "Confirm a receipt, whose points wait for that");
        v1.MapPost("/members/{id}/extend",
            ([FromServices] PointsEndpoints points, HttpContext context, string id) =>
                points.ExtendAsync(context, id))
            .Desk<ExtendBody>("extend", "Let points last longer", scope: Scopes.Operate);
        v1.MapPost("/members/{id}/expire",
            ([FromServices] PointsEndpoints points, HttpContext context, string id) =>
                points.ExpireAsync(context, id))
            .Desk<ExpireBody>("expire", "Let points lapse now", scope: Scopes.Operate);
        v1.MapPut("/members/{id}/tags/{tag}",
            ([FromServices] DeskEndpoints desk, HttpContext context, string id, string tag) =>
                desk.AddTagAsync(context, id, tag))
            .Desk<TagBody>("addTag", "Give a tag");
        v1.MapDelete("/members/{id}/tags/{tag}",
            ([FromServices] DeskEndpoints desk, HttpContext context, string id, string tag) =>
                desk.RemoveTagAsync(context, id, tag))
            .Desk<TagBody>("removeTag", "Take a tag away");
        v1.MapPut("/members/{id}/status",
            ([FromServices] DeskEndpoints desk, HttpContext context, string id) =>
                desk.SetStatusAsync(context, id))
            .Desk<StatusBody>("setStatus", "Freeze, blacklist or close a member", scope: Scopes.Operate);
    }

    private static void MapIdentities(RouteGroupBuilder v1)
    {
        v1.MapPost("/members/{id}/identities",
            ([FromServices] IdentityEndpoints identities, HttpContext context, string id) =>
                identities.LinkAsync(context, id))
            .Desk<LinkBody>("linkIdentity", "Give a member one more identity");
        v1.MapDelete("/members/{id}/identities/{identity}",
            ([FromServices] IdentityEndpoints identities, HttpContext context, string id, string identity) =>
                identities.ReleaseAsync(context, id, identity))
            .Desk<ReleaseIdentityBody>("releaseIdentity", "Take an identity from a member");
        v1.MapPut("/members/{id}/identities/{identity}/verified",
            ([FromServices] IdentityEndpoints identities, HttpContext context, string id, string identity) =>
                identities.VerifyAsync(context, id, identity))
            .Desk<VerifyBody>("verifyIdentity", "Say whether an identity was checked to be the member's");
        v1.MapGet("/identities/{identity}/holders",
            ([FromServices] HolderEndpoints holders, HttpContext context, string identity) =>
                holders.ReadAsync(context, identity))
            .Named("readHolders", "Who holds a plate or a device, in their order", "Desk", Scopes.Operate)
            .Bounded().Produces<HoldersBody>().Refuses();
        v1.MapPut("/identities/{identity}/holders",
            ([FromServices] HolderEndpoints holders, HttpContext context, string identity) =>
                holders.OrderAsync(context, identity))
            .Named("orderHolders", "Put who holds a plate or a device in another order", "Desk",
                Scopes.Operate)
            .Bounded().Accepts<OrderHoldersBody>(JsonMedia).Takes("dryRun").NeedsKey()
            .Produces<HoldersBody>().Refuses();
    }

    private static void MapReads(RouteGroupBuilder v1)
    {
        v1.MapGet("/members/{id}",
            ([FromServices] ReadEndpoints reads, HttpContext context, string id) =>
                reads.ReadAsync(context, id))
            .Named("readMember", "A member, now or at an instant", "Members", Scopes.Read).Bounded()
            .Takes("at").Produces<MemberBody>().Refuses();
        v1.MapGet("/members/{id}/ledger",
            ([FromServices] ReadEndpoints reads, HttpContext context, string id) =>
                reads.LedgerAsync(context, id))
            .Named("readLedger", "A member's ledger, newest first", "Members", Scopes.Read).Bounded()
            .Takes("cursor", "limit").Produces<LedgerBody>().Refuses();
        v1.MapGet("/members/{id}/ledger/{entry}/why",
            ([FromServices] WhyEndpoints why, HttpContext context, string id, string entry) =>
                why.WhyAsync(context, id, entry))
            .Named("why", "Where a ledger entry comes from", "Members", Scopes.Read).Bounded()
            .Takes("line").Produces<WhyBody>().Refuses();
        v1.MapGet("/members/{id}/tags/history",
            ([FromServices] HistoryEndpoints history, HttpContext context, string id) =>
                history.TagsAsync(context, id))
            .Named("readTagHistory", "How a member's tags came and went, newest first", "Members",
                Scopes.Read)
            .Bounded().Takes("cursor", "limit").Produces<TagHistoryBody>().Refuses();
        v1.MapGet("/members/{id}/attributes/history",
            ([FromServices] HistoryEndpoints history, HttpContext context, string id) =>
                history.AttributesAsync(context, id))
            .Named("readAttributeHistory", "How a member's attributes came about, newest first", "Members",
                Scopes.Read)
            .Bounded().Takes("cursor", "limit").Produces<AttributeHistoryBody>().Refuses();
        v1.MapPost("/quotes",
            ([FromServices] WhyEndpoints why, HttpContext context) => why.QuoteAsync(context))
            .Named("quote", "What a basket would give; nothing is recorded", "Quotes", Scopes.Read).Bounded()
            .Accepts<QuoteBody>(EventMedia.Json).Takes("now").Produces<QuoteAnswerBody>().Refuses();
    }

    private static void MapTiers(RouteGroupBuilder v1)
    {
        v1.MapPut("/members/{id}/tier",
            ([FromServices] TierEndpoints tiers, HttpContext context, string id) =>
                tiers.GrantAsync(context, id))
            .Desk<GrantTierBody>("grantTier", "Give a tier until an instant", scope: Scopes.Operate);
        v1.MapDelete("/members/{id}/tier",
            ([FromServices] TierEndpoints tiers, HttpContext context, string id) =>
                tiers.EndAsync(context, id))
            .Desk<EndTierBody>("endTier", "End a tier that was given", scope: Scopes.Operate);
        v1.MapGet("/members/{id}/tier",
            ([FromServices] TierEndpoints tiers, HttpContext context, string id) =>
                tiers.ReadAsync(context, id))
            .Named("readTier", "What keeps a member's tier and what reaches the next", "Members", Scopes.Read)
            .Bounded().Produces<TierOutlookBody>().Refuses();
        v1.MapGet("/members/{id}/tier/history",
            ([FromServices] TierEndpoints tiers, HttpContext context, string id) =>
                tiers.HistoryAsync(context, id))
            .Named("readTierHistory", "A member's tier changes, newest first", "Members", Scopes.Read)
            .Bounded().Takes("cursor", "limit").Produces<TierHistoryBody>().Refuses();
        v1.MapPost("/tiers/review",
            ([FromServices] TierReviewEndpoint review, HttpContext context) => review.PostAsync(context))
            .Named("reviewTiers", "Move members to where a changed ladder has them", "Desk", Scopes.Operate)
            .Bounded().Accepts<TierReviewBody>(EventMedia.Json).Takes("dryRun").NeedsKey()
            .Produces<TierReviewAnswerBody>().Refuses();
    }
}
