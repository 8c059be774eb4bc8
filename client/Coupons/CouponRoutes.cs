using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MallVip.Client.Coupons;

/// <summary>The paths of coupons.</summary>
internal static class CouponRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/members/{id}/coupons",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string id) =>
                coupons.ListAsync(context, id))
            .Named("readCoupons", "A member's coupons", "Coupons", Scopes.Read).Bounded()
            .Takes("status").Produces<CouponsBody>().Refuses();
        v1.MapPost("/members/{id}/coupons",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string id) =>
                coupons.GrantAsync(context, id))
            .Desk<GrantCouponBody>("grantCoupon", "Give a coupon by hand", scope: Scopes.Operate);
        v1.MapPost("/members/{id}/coupons/quote",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string id) =>
                coupons.QuoteAsync(context, id))
            .Named("quoteCoupons", "Which coupons a basket would best use; nothing is recorded", "Coupons",
                Scopes.Read)
            .Bounded().Accepts<QuoteCouponsBody>(EventMedia.Json).Produces<CouponQuoteBody>().Refuses();
        v1.MapGet("/coupons/{code}",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string code) =>
                coupons.ReadAsync(context, code))
            .Named("readCoupon", "A coupon by its code", "Coupons", Scopes.Read).Bounded()
            .Produces<CouponFoundBody>().Refuses();
        MapTills(v1);
        MapClaims(v1);
    }

    private static void MapClaims(RouteGroupBuilder v1)
    {
        v1.MapPost("/members/{id}/coupons/claims",
            ([FromServices] ClaimEndpoints claims, HttpContext context, string id) =>
                claims.ClaimAsync(context, id))
            .Named("claimCoupon", "Claim a coupon of which there are only so many", "Coupons", Scopes.Write)
            .Bounded().Accepts<ClaimCouponBody>(EventMedia.Json).Takes("dryRun").NeedsKey()
            .Produces<CouponClaimedBody>().Refuses();
        v1.MapPost("/coupons/templates/{template}/claims/{claim}/confirm",
            ([FromServices] ClaimEndpoints claims, HttpContext context, string template, string claim) =>
                claims.ConfirmAsync(context, template, claim))
            .Named("confirmClaim", "Take a coupon that is set aside; once more changes nothing", "Coupons",
                Scopes.Write)
            .Bounded().Produces<CouponClaimedBody>().Refuses();
        v1.MapGet("/coupons/templates/{template}/stock",
            ([FromServices] ClaimEndpoints claims, HttpContext context, string template) =>
                claims.ReadAsync(context, template))
            .Named("readCouponStock", "How many coupons of a template are left", "Coupons", Scopes.Read)
            .Bounded().Produces<CouponStockBody>().Refuses();
    }

    private static void MapTills(RouteGroupBuilder v1)
    {
        v1.MapPost("/coupons/{code}/reserve",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string code) =>
                coupons.ReserveAsync(context, code))
            .Desk<ReserveCouponBody>("reserveCoupon", "Set a coupon aside for a receipt to come");
        v1.MapPost("/coupons/{code}/release",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string code) =>
                coupons.ReleaseAsync(context, code))
            .Desk<ReleaseBody>("releaseCoupon", "Give a reserved coupon free");
        v1.MapPost("/coupons/{code}/redeem",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string code) =>
                coupons.RedeemAsync(context, code))
            .Desk<RedeemCouponBody>("redeemCoupon", "Use a coupon on a receipt");
        v1.MapPost("/coupons/{code}/return",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string code) =>
                coupons.ReturnAsync(context, code))
            .Desk<ReturnCouponBody>("returnCoupon", "Undo a redemption, as the template says");
        v1.MapPost("/coupons/{code}/void",
            ([FromServices] CouponEndpoints coupons, HttpContext context, string code) =>
                coupons.VoidAsync(context, code))
            .Desk<VoidCouponBody>("voidCoupon", "Take a coupon away", scope: Scopes.Operate);
    }
}
