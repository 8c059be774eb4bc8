using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>
/// Points from one member to another. It needs an Idempotency-Key; sent again, it is carried on where it
/// broke off. <c>dryRun=true</c> records nothing.
/// </summary>
internal sealed class TransferEndpoint(TransferDesk desk, MemberTarget target, DeskWrite write)
{
    public async Task PostAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.TransferPointsBody);
        var from = await target.FindAsync(context, id);
        var to = await target.FindAsync(context, body.To);
        var call = DeskWrite.Call(
            context, "transfer", from.ToString(), body, ApiJson.Default.TransferPointsBody);
        await write.AnswerAsync(context, await desk.TransferAsync(
            from, to, write.Wallet(body.Wallet), new Points(body.Amount), body.Reason, call,
            context.RequestAborted));
    }
}
