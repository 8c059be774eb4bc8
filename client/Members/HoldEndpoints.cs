using MallVip.Client.Wire;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>
/// Points set aside for a spend. Each write needs an Idempotency-Key, and <c>dryRun=true</c> records nothing.
/// </summary>
internal sealed class HoldEndpoints(MemberTarget target, DeskWrite write, TimeProvider time)
{
    private const int UsualMinutes = 15;

    public async Task HoldAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.HoldPointsBody);
        var member = await target.FindAsync(context, id);
        var call = DeskWrite.Call(context, "hold", member.ToString(), body, ApiJson.Default.HoldPointsBody);
        var command = new MemberCommand.HoldPoints(
            EventKey.ForCommand(call.Actor, call.Key).ToString(),
            write.Wallet(body.Wallet),
            new Points(body.Amount),
            time.GetUtcNow().AddMinutes(body.Minutes ?? UsualMinutes),
            body.Reason);
        await write.CommandAsync(context, member, command, call);
    }

    public async Task CaptureAsync(HttpContext context, string id, string hold)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.CaptureBody, optional: true);
        var member = await target.FindAsync(context, id);
        var command = new MemberCommand.CaptureHold(
            hold, body.Amount is { } amount ? new Points(amount) : null, body.Reason ?? "");
        await write.CommandAsync(context, member, command, DeskWrite.Call(
            context, $"capture {hold}", member.ToString(), body, ApiJson.Default.CaptureBody));
    }

    public async Task ReleaseAsync(HttpContext context, string id, string hold)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.ReleaseBody, optional: true);
        var member = await target.FindAsync(context, id);
        await write.CommandAsync(context, member, new MemberCommand.ReleaseHold(hold, body.Reason),
            DeskWrite.Call(
                context, $"release {hold}", member.ToString(), body, ApiJson.Default.ReleaseBody));
    }
}
