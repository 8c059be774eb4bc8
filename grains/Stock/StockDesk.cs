using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Stock;

/// <summary>The way to stocks: members claim coupons and order rewards.</summary>
public sealed class StockDesk(IGrainFactory grains, Pseudonym pseudonym)
{
    /// <summary>A member claims a coupon.</summary>
    /// <param name="hold">Set it aside until it is confirmed.</param>
    public async Task<ClaimResult> ClaimAsync(MemberId member, string template, bool hold, DeskCall call)
    {
        var stock = StockName.OfCoupon(template);
        var order = Order(stock, member, call, piece =>
            new MemberCommand.GrantCoupon(template, CouponCause.Claim, null) { Piece = piece }) with
        {
            Hold = hold,
        };
        return Result(order.Piece, await Retry.OnFailedAppend(() => Stock(stock).Take(order)));
    }

    /// <summary>A member orders a reward.</summary>
    /// <param name="mall">Where it is picked up.</param>
    public async Task<ClaimResult> OrderAsync(MemberId member, string reward, string mall, DeskCall call)
    {
        var stock = StockName.OfReward(reward, mall);
        var order = Order(
            stock, member, call, piece => new MemberCommand.OrderReward(piece, reward, mall));
        var answer = await Retry.OnFailedAppend(() => Stock(stock).Take(order));
        return answer.Status == StockStatus.Unknown
            ? new(order.Piece, answer, Refusals.RewardUnavailable(reward, mall))
            : Result(order.Piece, answer);
    }

    /// <summary>A member confirms what was set aside.</summary>
    public async Task<ClaimResult> ConfirmAsync(string template, string piece)
    {
        var stock = Stock(StockName.OfCoupon(template));
        return Result(piece, await Retry.OnFailedAppend(() => stock.Confirm(piece)));
    }

    /// <summary>What there is of a template's coupons.</summary>
    public Task<StockReading> ReadAsync(string stock) =>
        Retry.OnFailedAppend(() => Stock(stock).Read(stock));

    /// <summary>The call's key is one piece of the stock, and one entry of its member: the same key for
    /// something else is refused there.</summary>
    private StockOrder Order(
        string stock, MemberId member, DeskCall call, Func<string, MemberCommand> command)
    {
        var key = EventKey.ForCommand(call.Actor, call.Key);
        var piece = EventKey.Of("piece", stock, key.ToString()).ToString();
        return new()
        {
            Stock = stock,
            Piece = piece,
            Member = member,
            Command = command(piece),
            Key = key,
            Content = pseudonym.ContentHash(call.Content.Span),
            Actor = call.Actor,
            DryRun = call.DryRun,
        };
    }

    private IStockGrain Stock(string stock) => grains.GetGrain<IStockGrain>(StockKeys.Grain(stock));

    private static ClaimResult Result(string piece, StockAnswer answer) => new(piece, answer, answer switch
    {
        { Status: StockStatus.SoldOut } => Refusals.SoldOut,
        { Status: StockStatus.SoldOutToday } => Refusals.SoldOutToday,
        { Status: StockStatus.Unknown or StockStatus.NotNow } => Refusals.NotClaimable,
        { Status: StockStatus.Lapsed } => Refusals.ClaimLapsed,
        { Member.Status: AnswerStatus.KeyReused } => Refusals.KeyReused,
        { Member.Rejection: { } rejection } => Refusals.Of(rejection),
        { Status: StockStatus.Refused } => Refusals.NotNow,
        _ => null,
    });
}

/// <param name="Piece">Names the claim.</param>
/// <param name="Refusal">Null: it is taken, set aside, or waits.</param>
public sealed record ClaimResult(string Piece, StockAnswer Answer, Refusal? Refusal);
