using System.Text.Json.Serialization.Metadata;
using MallVip.Client.Coupons;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Catalogue;
using MallVip.Grains.Coupons;
using MallVip.Grains.Intake;
using MallVip.Grains.Stock;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Catalogue;

/// <summary>Rewards: what there is, ordered by members, handed over at desks by its code. Each write needs an
/// Idempotency-Key, and <c>dryRun=true</c> records nothing.</summary>
internal sealed class OrderEndpoints(
    MemberTarget target, DeskWrite write, StockDesk stocks, OrderCodes codes,
    OrderBodies bodies, Func<Programme> programme)
{
    public async Task CatalogueAsync(HttpContext context)
    {
        var mall = context.Request.Query["mall"].ToString();
        if (mall.Length > 0 && !programme().Malls.ContainsKey(mall))
            throw ApiErrors.InvalidRequest.Thrown("'mall' is a mall of the programme.");
        var asked = context.Request.Query["member"].ToString();
        var tier = asked.Length == 0
            ? null
            : (await target.StateAsync(context, await target.FindAsync(context, asked))).State.Tier?.Tier;
        var rewards = programme().Rewards.Values.Where(reward => mall.Length == 0 || reward.IsAt(mall))
            .OrderBy(reward => reward.Id, StringComparer.Ordinal);
        var shown = await Task.WhenAll(rewards.Select(async reward => OrderBodies.Of(
            reward, tier,
            mall.Length > 0 && reward.Stock is not null
                ? (await stocks.ReadAsync(StockName.OfReward(reward.Id, mall))).Left : null)));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new CatalogueBody([.. shown]), ApiJson.Readable.CatalogueBody);
    }

    public async Task StockAsync(HttpContext context, string reward)
    {
        var mall = context.Request.Query["mall"].ToString();
        if (!programme().Rewards.TryGetValue(reward, out var found) || !programme().Malls.ContainsKey(mall)
            || !found.IsAt(mall))
            throw ApiErrors.NotFound.Thrown($"No reward is called {reward}, or there is none at the mall.");
        var stock = await stocks.ReadAsync(StockName.OfReward(reward, mall));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new RewardStockBody(
                reward, mall, stock.Taken, stock.Reserved, stock.Waiting,
                found.Stock is null ? null : stock.Left),
            ApiJson.Readable.RewardStockBody);
    }

    public async Task OrderAsync(HttpContext context, string id)
    {
        ClaimEndpoints.RefuseTests(context);
        var body = await write.ReadAsync(context, ApiJson.Default.OrderRewardBody);
        if (!programme().Rewards.ContainsKey(body.Reward))
            throw new RefusedException(Refusals.Of(new Rejection(
                RejectionKind.UnknownReward, "reward", $"No reward is called {body.Reward}.")));
        var member = await target.FindAsync(context, id);
        var call = DeskWrite.Call(
            context, "order", member.ToString(), body, ApiJson.Default.OrderRewardBody);
        var result = await stocks.OrderAsync(member, body.Reward, body.Mall, call);
        if (result.Refusal is { } refusal)
            throw new RefusedException(refusal);
        if (result.Answer.Status == StockStatus.Waiting)
        {
            await AnswerAsync(context, new("waiting", null, result.Answer.Place));
            return;
        }

        var order = call.DryRun
            ? null
            : (await target.StateAsync(context, member)).State.FindOrder(result.Piece);
        await AnswerAsync(context, new("ordered", order is null ? null : bodies.Of(order)));
    }

    public async Task ListAsync(HttpContext context, string id)
    {
        var (member, state) = await target.StateAsync(context, await target.FindAsync(context, id));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new OrdersBody(member, [.. state.Orders.Reverse().Select(bodies.Of)]),
            ApiJson.Readable.OrdersBody);
    }

    public async Task ReadAsync(HttpContext context, string code)
    {
        var found = await FindAsync(context, code);
        var (member, state) = await target.StateAsync(context, found.Member);
        var order = state.FindOrder(found.Order) ?? throw Unknown();
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new OrderFoundBody(member, bodies.Of(order)),
            ApiJson.Readable.OrderFoundBody);
    }

    public Task PayAsync(HttpContext context, string code) => WriteAsync(
        context, code, "pay", ApiJson.Default.PayOrderBody,
        (order, body) => new MemberCommand.PayOrder(order, body.Payment, body.Paid));

    public Task PickUpAsync(HttpContext context, string code) => WriteAsync(
        context, code, "pick-up", ApiJson.Default.PickUpOrderBody,
        (order, body) => new MemberCommand.PickUpOrder(order, body.Desk));

    public Task CancelAsync(HttpContext context, string code) => WriteAsync(
        context, code, "cancel", ApiJson.Default.CancelOrderBody,
        (order, body) => new MemberCommand.CancelOrder(order, body.Reason), optional: true);

    public Task ReturnAsync(HttpContext context, string code) => WriteAsync(
        context, code, "return", ApiJson.Default.ReturnOrderBody,
        (order, body) => new MemberCommand.ReturnOrder(order, body.Desk, body.Restock ?? true, body.Reason));

    private async Task WriteAsync<T>(
        HttpContext context, string code, string operation, JsonTypeInfo<T> type,
        Func<string, T, MemberCommand> command, bool optional = false)
    {
        var body = await write.ReadAsync(context, type, optional);
        var (member, order) = await FindAsync(context, code);
        await write.CommandAsync(
            context, member, command(order, body),
            DeskWrite.Call(context, $"order {operation}", order, body, type));
    }

    private async Task<(MemberId Member, string Order)> FindAsync(HttpContext context, string code)
    {
        var normal = CodeText.Normal(code) ?? throw Unknown();
        var (member, order) = await codes.FindAsync(normal) ?? throw Unknown();
        return (await target.FindAsync(context, member.ToString()), order);
    }

    private static Task AnswerAsync(HttpContext context, RewardOrderedBody body) =>
        context.WriteJsonAsync(StatusCodes.Status200OK, body, ApiJson.Readable.RewardOrderedBody);

    private static RefusedException Unknown() => new(Refusals.UnknownOrder);
}
