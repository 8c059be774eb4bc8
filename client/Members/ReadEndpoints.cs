using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>The look-ups: a member, now or then, and the member's ledger.</summary>
internal sealed class ReadEndpoints(
    MemberDesk desk, MemberTarget target, MemberBodies bodies, LedgerReader ledger, TimeProvider time)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public async Task ReadAsync(HttpContext context, string id)
    {
        var at = QueryReader.Instant(context.Request, "at");
        var member = await target.FindAsync(context, id);
        var view = await desk.ReadAsync(member, at, context.RequestAborted)
            ?? throw ApiErrors.MemberNotFound.Thrown(
                at is null ? "No member has this id." : "No member had this id then.");
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, bodies.Of(member, view, at ?? time.GetUtcNow()),
            ApiJson.Readable.MemberBody);
    }

    public async Task LedgerAsync(HttpContext context, string id)
    {
        var limit = QueryReader.Number(context.Request, "limit", DefaultLimit, least: 1, most: MaxLimit);
        var cursor = LedgerCursor.Parse(context.Request.Query["cursor"]);
        var member = await target.FindAsync(context, id);
        var page = await ledger.ReadAsync(member, cursor, limit, context.RequestAborted)
            ?? throw ApiErrors.MemberNotFound.Thrown("No member has this id.");
        await context.WriteJsonAsync(StatusCodes.Status200OK, page, ApiJson.Readable.LedgerBody);
    }
}
