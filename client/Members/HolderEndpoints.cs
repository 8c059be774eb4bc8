using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Grains.Identities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>Who shares a plate or a device: the desk reads their order, and puts another.</summary>
internal sealed class HolderEndpoints(SharingDesk desk, DeskWrite write, TestWall wall)
{
    public async Task ReadAsync(HttpContext context, string identity) =>
        await AnswerAsync(context, await ReadableAsync(context, identity));

    public async Task OrderAsync(HttpContext context, string identity)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.OrderHoldersBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("An order needs a reason.", "reason");
        if (body.Members.IsDefaultOrEmpty)
            throw ApiErrors.InvalidRequest.Thrown("An order names all who hold the identity.", "members");
        var present = await ReadableAsync(context, identity);
        if (present.Refusal is null)
            present = await desk.OrderAsync(
                identity, body.Members, body.Reason,
                DeskWrite.Call(context, $"order {identity}", "", body, ApiJson.Default.OrderHoldersBody),
                context.RequestAborted);
        await AnswerAsync(context, present, StatusName(present.Status));
    }

    /// <summary>The present order; a test key is told only of members of test keys.</summary>
    private async Task<SharedOrder> ReadableAsync(HttpContext context, string identity)
    {
        var order = await desk.ReadAsync(identity, context.RequestAborted);
        foreach (var member in order.Members)
            if (await wall.RefusalAsync(Caller.Of(context), member, context.RequestAborted) is { } refusal)
                return SharedOrder.Refused(refusal);
        return order;
    }

    private static Task AnswerAsync(HttpContext context, SharedOrder order, string? status = null) =>
        order.Refusal is { } refusal
            ? context.WriteProblemAsync(refusal)
            : context.WriteJsonAsync(
                StatusCodes.Status200OK, new HoldersBody(order.Members, status),
                ApiJson.Default.HoldersBody);

    private static string StatusName(OrderStatus status) => status switch
    {
        OrderStatus.Ordered => "accepted",
        OrderStatus.Duplicate => "duplicate",
        OrderStatus.Unchanged => "unchanged",
        _ => throw new InvalidOperationException($"{status} is answered by a problem."),
    };
}
