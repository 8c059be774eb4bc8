using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>
/// One member of two. It needs an Idempotency-Key; sent again, it is carried on where it broke off.
/// <c>dryRun=true</c> records nothing.
/// </summary>
internal sealed class MergeEndpoint(MergeDesk desk, MemberTarget target, DeskWrite write, TestWall wall)
{
    public async Task PostAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.MergeBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("A merge needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        var into = await target.FindAsync(context, body.Into);
        if (await wall.IsTestAsync(member, context.RequestAborted)
            != await wall.IsTestAsync(into, context.RequestAborted))
            throw ApiErrors.NotATestMember.Thrown(
                "A member that a test key registered is merged with its like only.");
        // By the name as given: after the merge it leads to the other member, and the request is the same.
        var call = DeskWrite.Call(context, "merge", id, body, ApiJson.Default.MergeBody);
        await write.AnswerAsync(context, await desk.MergeAsync(
            member, into, body.Reason, call, context.RequestAborted));
    }
}
