using MallVip.Client.Keys;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Stock;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Programmes;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Coupons;

/// <summary>Coupons of which there are only so many: members claim them, in the order in which they
/// come.</summary>
internal sealed class ClaimEndpoints(
    StockDesk stocks, MemberTarget target, DeskWrite write, Func<Programme> programme)
{
    public async Task ClaimAsync(HttpContext context, string id)
    {
        RefuseTests(context);
        var body = await write.ReadAsync(context, ApiJson.Default.ClaimCouponBody);
        var member = await target.FindAsync(context, id);
        var call = DeskWrite.Call(
            context, "claim", member.ToString(), body, ApiJson.Default.ClaimCouponBody);
        await AnswerAsync(context, await stocks.ClaimAsync(member, body.Template, body.Hold, call));
    }

    public async Task ConfirmAsync(HttpContext context, string template, string claim)
    {
        RefuseTests(context);
        await AnswerAsync(context, await stocks.ConfirmAsync(template, claim));
    }

    public async Task ReadAsync(HttpContext context, string template)
    {
        if (!programme().Coupons.TryGetValue(template, out var found) || !found.IsCounted)
            throw ApiErrors.NotFound.Thrown($"No coupon with a stock is called {template}.");
        var stock = await stocks.ReadAsync(StockName.OfCoupon(template));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new CouponStockBody(template, stock.Taken, stock.Reserved, stock.Waiting, stock.Left),
            ApiJson.Readable.CouponStockBody);
    }

    /// <summary>What members share is nothing to try.</summary>
    internal static void RefuseTests(HttpContext context)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.NotATestMember.Thrown($"Stocks are for members that no test key registered.");
    }

    private static Task AnswerAsync(HttpContext context, ClaimResult result) =>
        result.Refusal is { } refusal
            ? context.WriteProblemAsync(refusal)
            : context.WriteJsonAsync(
                StatusCodes.Status200OK,
                new CouponClaimedBody(
                    result.Piece, result.Answer.Status.ToString().ToLowerInvariant(),
                    result.Answer.Place > 0 ? result.Answer.Place : null, result.Answer.Until),
                ApiJson.Readable.CouponClaimedBody);
}
