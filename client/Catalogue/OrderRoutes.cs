using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MallVip.Client.Catalogue;

/// <summary>The paths of rewards and orders.</summary>
internal static class OrderRoutes
{
    private const string Tag = "Rewards";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/rewards",
            ([FromServices] OrderEndpoints orders, HttpContext context) => orders.CatalogueAsync(context))
            .Named("readCatalogue", "What members order for points", Tag, Scopes.Read).Bounded()
            .Takes("mall", "member").Produces<CatalogueBody>().Refuses();
        v1.MapGet("/rewards/{reward}/stock",
            ([FromServices] OrderEndpoints orders, HttpContext context, string reward) =>
                orders.StockAsync(context, reward))
            .Named("readRewardStock", "How many of a reward are left at a mall", Tag, Scopes.Read).Bounded()
            .Takes("mall").Produces<RewardStockBody>().Refuses();
        v1.MapPost("/members/{id}/orders",
            ([FromServices] OrderEndpoints orders, HttpContext context, string id) =>
                orders.OrderAsync(context, id))
            .Named("orderReward", "Order a reward", Tag, Scopes.Write)
            .Bounded().Accepts<OrderRewardBody>(EventMedia.Json).Takes("dryRun").NeedsKey()
            .Produces<RewardOrderedBody>().Refuses();
        v1.MapGet("/members/{id}/orders",
            ([FromServices] OrderEndpoints orders, HttpContext context, string id) =>
                orders.ListAsync(context, id))
            .Named("readOrders", "A member's orders", Tag, Scopes.Read).Bounded()
            .Produces<OrdersBody>().Refuses();
        v1.MapGet("/orders/{code}",
            ([FromServices] OrderEndpoints orders, HttpContext context, string code) =>
                orders.ReadAsync(context, code))
            .Named("readOrder", "An order by its code", Tag, Scopes.Read).Bounded()
            .Produces<OrderFoundBody>().Refuses();
        MapDesks(v1);
    }

    private static void MapDesks(RouteGroupBuilder v1)
    {
        v1.MapPost("/orders/{code}/pay",
            ([FromServices] OrderEndpoints orders, HttpContext context, string code) =>
                orders.PayAsync(context, code))
            .Desk<PayOrderBody>("payOrder", "Tell that an order's cash price is paid");
        v1.MapPost("/orders/{code}/pick-up",
            ([FromServices] OrderEndpoints orders, HttpContext context, string code) =>
                orders.PickUpAsync(context, code))
            .Desk<PickUpOrderBody>("pickUpOrder", "Hand an order over");
        v1.MapPost("/orders/{code}/cancel",
            ([FromServices] OrderEndpoints orders, HttpContext context, string code) =>
                orders.CancelAsync(context, code))
            .Desk<CancelOrderBody>("cancelOrder", "Call an order off");
        v1.MapPost("/orders/{code}/return",
            ([FromServices] OrderEndpoints orders, HttpContext context, string code) =>
                orders.ReturnAsync(context, code))
            .Desk<ReturnOrderBody>("returnOrder", "Take back what was picked up");
    }
}
