using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>Coupons, by their member and by their codes.</summary>
public sealed partial class MallVipClient
{
    /// <summary>A member's coupons.</summary>
    /// <param name="status"><c>waiting</c>, <c>available</c>, <c>reserved</c> or <c>used</c>; null: all.
    /// </param>
    public Task<CouponsBody> GetCouponsAsync(
        string idOrIdentity, string? status = null, CancellationToken cancellation = default) => CallAsync(
            () => new(
                HttpMethod.Get,
                $"{Member(idOrIdentity)}/coupons{(status is null ? "" : "?status=" + status)}"),
            ApiJson.Default.CouponsBody, cancellation);

    /// <summary>Gives a coupon by hand.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> GrantCouponAsync(
        string idOrIdentity, GrantCouponBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync(
            $"{Member(idOrIdentity)}/coupons", body, ApiJson.Default.GrantCouponBody, key, cancellation);

    /// <summary>Claims a coupon of which there are only so many.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    /// <exception cref="MallVipProblemException"><c>sold_out</c>, <c>not_claimable</c> …</exception>
    public Task<CouponClaimedBody> ClaimCouponAsync(
        string idOrIdentity, ClaimCouponBody body, string key, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(
                Post($"{Member(idOrIdentity)}/coupons/claims", body, ApiJson.Default.ClaimCouponBody, Json),
                key),
            ApiJson.Default.CouponClaimedBody, cancellation);

    /// <summary>How many coupons of a template are left.</summary>
    public Task<CouponStockBody> GetCouponStockAsync(
        string template, CancellationToken cancellation = default) => CallAsync(
        () => new(HttpMethod.Get, $"v1/coupons/templates/{template}/stock"),
        ApiJson.Default.CouponStockBody, cancellation);

    /// <summary>Which coupons a basket would best use; nothing is recorded.</summary>
    public Task<CouponQuoteBody> QuoteCouponsAsync(
        string idOrIdentity, QuoteCouponsBody body, CancellationToken cancellation = default) => CallAsync(
            () => Post(
                $"{Member(idOrIdentity)}/coupons/quote", body, ApiJson.Default.QuoteCouponsBody, Json),
            ApiJson.Default.CouponQuoteBody, cancellation);

    /// <summary>A coupon by its code, and whose it is.</summary>
    public Task<CouponFoundBody> GetCouponAsync(string code, CancellationToken cancellation = default) =>
        CallAsync(() => new(HttpMethod.Get, Coupon(code)), ApiJson.Default.CouponFoundBody, cancellation);

    /// <summary>Sets a coupon aside for a receipt to come.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ReserveCouponAsync(
        string code, ReserveCouponBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Coupon(code)}/reserve", body, ApiJson.Default.ReserveCouponBody, key, cancellation);

    /// <summary>Gives a reserved coupon free.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ReleaseCouponAsync(
        string code, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Coupon(code)}/release", new(), ApiJson.Default.ReleaseBody, key, cancellation);

    /// <summary>Uses a coupon on a receipt.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> RedeemCouponAsync(
        string code, RedeemCouponBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Coupon(code)}/redeem", body, ApiJson.Default.RedeemCouponBody, key, cancellation);

    /// <summary>Undoes a redemption, as the template says.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ReturnCouponAsync(
        string code, ReturnCouponBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Coupon(code)}/return", body, ApiJson.Default.ReturnCouponBody, key, cancellation);

    /// <summary>Takes a coupon away.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> VoidCouponAsync(
        string code, VoidCouponBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Coupon(code)}/void", body, ApiJson.Default.VoidCouponBody, key, cancellation);

    private static string Coupon(string code) => $"v1/coupons/{Uri.EscapeDataString(code)}";
}
