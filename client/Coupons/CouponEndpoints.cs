using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Coupons;
using MallVip.Grains.Intake;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Coupons;

/// <summary>Coupons at the desk, by their member, and at tills, by their codes. Each write needs an
/// Idempotency-Key, and <c>dryRun=true</c> records nothing.</summary>
internal sealed class CouponEndpoints(
    MemberTarget target, DeskWrite write, CouponHolder holder, CouponBodies bodies,
    Func<Programme> programme, ApiOptions options, TimeProvider time)
{
    private const int UsualMinutes = 15;

    private static readonly ImmutableArray<string> Statuses = ["waiting", "available", "reserved", "used"];

    public async Task ListAsync(HttpContext context, string id)
    {
        var status = context.Request.Query["status"].ToString();
        if (status.Length > 0 && !Statuses.Contains(status))
            throw ApiErrors.InvalidRequest.Thrown("'status' is waiting, available, reserved or used.");
        var (member, state) = await target.StateAsync(context, await target.FindAsync(context, id));
        var coupons = bodies.Of(state, time.GetUtcNow(), status.Length == 0 ? null : status);
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new CouponsBody(member, [.. coupons]), ApiJson.Readable.CouponsBody);
    }

    public async Task GrantAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.GrantCouponBody);
        var member = await target.FindAsync(context, id);
        await write.CommandAsync(
            context, member, new MemberCommand.GrantCoupon(body.Template, CouponCause.Hand, body.Reason),
            DeskWrite.Call(context, "coupon", member.ToString(), body, ApiJson.Default.GrantCouponBody));
    }

    public async Task QuoteAsync(HttpContext context, string id)
    {
        var body = await BodyReader.ReadAsync(
            context, ApiJson.Default.QuoteCouponsBody, options.MaxEventBytes);
        var (member, state) = await target.StateAsync(context, await target.FindAsync(context, id));
        if (!programme().Stores.TryGetValue(body.Store, out var store))
            throw ApiErrors.InvalidRequest.Thrown("'store' is a store of the programme.");
        var now = time.GetUtcNow();
        var basket = new CouponBasket(
            store, ZoneTime.Local(body.Time ?? now, store.Mall.Zone), body.Paid, Lines(body.Lines),
            IsPaid: false);
        var quote = CouponQuote.Of(state, programme(), basket, now, body.Receipt);
        var language = Languages.Of(context.Request);
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new CouponQuoteBody(
                member, quote.Off,
                [.. quote.Used.Select(offer => new CouponOfferBody(
                    bodies.Of(state, offer.Coupon, now), offer.Off))],
                [.. quote.Others.Select(other => new CouponObstacleBody(
                    bodies.Of(state, other.Coupon, now), RejectionCatalog.Of(other.Why.Kind).Code,
                    SentenceTexts.Of(other.Why.Detail, language)))]),
            ApiJson.Readable.CouponQuoteBody);
    }

    public async Task ReadAsync(HttpContext context, string code)
    {
        var (_, found) = await FindAsync(context, code);
        var (member, state) = await target.StateAsync(context, found);
        var coupon = bodies.Of(state, time.GetUtcNow(), null)
            .FirstOrDefault(one => one.Code == CodeText.Normal(code))
            ?? throw Unknown();
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new CouponFoundBody(member, coupon), ApiJson.Readable.CouponFoundBody);
    }

    public Task ReserveAsync(HttpContext context, string code) => WriteAsync(
        context, code, "reserve", ApiJson.Default.ReserveCouponBody, body => new MemberCommand.ReserveCoupon(
            0, body.Store, body.Receipt, time.GetUtcNow().AddMinutes(body.Minutes ?? UsualMinutes)));

    public Task ReleaseAsync(HttpContext context, string code) => WriteAsync(
        context, code, "release", ApiJson.Default.ReleaseBody, _ => new MemberCommand.ReleaseCoupon(0),
        optional: true);

    public Task RedeemAsync(HttpContext context, string code) => WriteAsync(
        context, code, "redeem", ApiJson.Default.RedeemCouponBody, body => new MemberCommand.RedeemCoupon(
            0, body.Store, body.Receipt, body.Paid, Lines(body.Lines)));

    public Task ReturnAsync(HttpContext context, string code) => WriteAsync(
        context, code, "return", ApiJson.Default.ReturnCouponBody, body => new MemberCommand.ReturnCoupon(
            0, body.Store, body.Receipt));

    public Task VoidAsync(HttpContext context, string code) => WriteAsync(
        context, code, "void", ApiJson.Default.VoidCouponBody, body => new MemberCommand.VoidCoupon(
            0, body.Reason));

    /// <param name="command">Its number is found where the member decides, by the code.</param>
    private async Task WriteAsync<T>(
        HttpContext context, string code, string operation, JsonTypeInfo<T> type,
        Func<T, MemberCommand> command, bool optional = false)
    {
        var body = await write.ReadAsync(context, type, optional);
        var (normal, member) = await FindAsync(context, code);
        var call = DeskWrite.Call(context, $"coupon {operation}", normal, body, type) with
        {
            Coupon = normal,
        };
        await write.CommandAsync(context, member, command(body), call);
    }

    private async Task<(string Code, MemberId Member)> FindAsync(HttpContext context, string code)
    {
        var normal = CodeText.Normal(code) ?? throw Unknown();
        var member = await holder.FindAsync(normal) ?? throw Unknown();
        return (normal, await target.FindAsync(context, member.ToString()));
    }

    private static ImmutableArray<PurchaseLine> Lines(ImmutableArray<BasketLineBody>? lines) =>
        [.. (lines ?? []).Select(line => new PurchaseLine(
            line.Sku, line.Category, line.Brand, line.Qty ?? 1, line.Paid))];

    private static RefusedException Unknown() => new(Refusals.UnknownCoupon);
}
