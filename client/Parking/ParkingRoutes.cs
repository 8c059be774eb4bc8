using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MallVip.Client.Parking;

/// <summary>The paths under <c>/v1/parking</c>.</summary>
internal static class ParkingRoutes
{
    private const string Tag = "Parking";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/parking/lots",
            ([FromServices] ParkingEndpoints parking, HttpContext context) => parking.LotsAsync(context))
            .Named("listParkingLots", "Car parks with a tariff: capacity and cars inside", Tag, Scopes.Read)
            .Bounded().Produces<ParkingLotsBody>().Refuses();
        v1.MapGet("/parking/quote",
            ([FromServices] ParkingEndpoints parking, HttpContext context) => parking.QuoteAsync(context))
            .Named("quoteParking", "What a visit costs, and what paying would use", Tag, Scopes.Read)
            .Bounded().Takes("lot", "plate", "points", "coupon", "now").Produces<ParkingQuoteBody>()
            .Refuses();
        v1.MapPost("/parking/pay",
            ([FromServices] ParkingEndpoints parking, HttpContext context) => parking.PayAsync(context))
            .Named("payParking", "Pay for a visit", Tag, Scopes.Write)
            .Bounded().Accepts<PayParkingBody>(EventMedia.Json).Takes("dryRun").NeedsKey()
            .Produces<ParkingAnswerBody>().Refuses();
        v1.MapPost("/parking/exit-check",
            ([FromServices] ParkingEndpoints parking, HttpContext context) => parking.ExitAsync(context))
            .Named("checkParkingExit", "May a car leave?", Tag, Scopes.Read)
            .Bounded().Accepts<ExitCheckBody>(EventMedia.Json).Produces<ExitAnswerBody>().Refuses();
        v1.MapGet("/parking/unpaid",
            ([FromServices] ParkingEndpoints parking, HttpContext context) => parking.UnpaidAsync(context))
            .Named("listUnpaidParking", "Visits that left without paying", Tag, Scopes.Operate)
            .Bounded().Takes("lot").Produces<ParkingVisitsBody>().Refuses();
        v1.MapPost("/parking/lots/{lot}/visits/{visit:long}/grant",
            ([FromServices] ParkingEndpoints parking, HttpContext context, string lot, long visit) =>
                parking.GrantAsync(context, lot, visit))
            .Named("grantParking", "Give a visit free minutes", Tag, Scopes.Operate)
            .Bounded().Accepts<GrantParkingBody>(EventMedia.Json).NeedsKey()
            .Produces<ParkingAnswerBody>().Refuses();
        v1.MapPost("/parking/lots/{lot}/visits/{visit:long}/plate",
            ([FromServices] ParkingEndpoints parking, HttpContext context, string lot, long visit) =>
                parking.MoveAsync(context, lot, visit))
            .Named("moveParkingVisit", "Put a plate right that was read wrongly", Tag, Scopes.Operate)
            .Bounded().Accepts<MoveVisitBody>(EventMedia.Json).NeedsKey()
            .Produces<ParkingAnswerBody>().Refuses();
    }
}
