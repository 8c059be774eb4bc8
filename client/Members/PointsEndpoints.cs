using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Rules.Commands;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>
/// What becomes of points that are there: a receipt's are confirmed, a wallet's last longer or lapse. Each
/// needs an Idempotency-Key, and <c>dryRun=true</c> records nothing.
/// </summary>
internal sealed class PointsEndpoints(MemberTarget target, DeskWrite write)
{
    public async Task ConfirmAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.ConfirmBody);
        var member = await target.FindAsync(context, id);
        var command = new MemberCommand.ConfirmPurchase(body.Store, body.Receipt, body.Reason);
        await write.CommandAsync(context, member, command,
            DeskWrite.Call(context, "confirm", member.ToString(), body, ApiJson.Default.ConfirmBody));
    }

    public async Task ExtendAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.ExtendBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("An extension needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        var command = new MemberCommand.ExtendPoints(
            write.Wallet(body.Wallet), body.Until, body.EndingBefore, body.Reason);
        await write.CommandAsync(context, member, command,
            DeskWrite.Call(context, "extend", member.ToString(), body, ApiJson.Default.ExtendBody));
    }

    public async Task ExpireAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.ExpireBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("An early end needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        var command = new MemberCommand.ExpirePoints(
            write.Wallet(body.Wallet), body.EndingBefore, body.Reason);
        await write.CommandAsync(context, member, command,
            DeskWrite.Call(context, "expire", member.ToString(), body, ApiJson.Default.ExpireBody));
    }
}
