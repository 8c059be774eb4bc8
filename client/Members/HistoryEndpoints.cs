using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>The look-ups of how a member's tags and attributes came about.</summary>
internal sealed class HistoryEndpoints(MemberTarget target, TagHistory tags, AttributeHistory attributes)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public async Task TagsAsync(HttpContext context, string id)
    {
        var page = await ReadAsync(context, id, tags.ReadAsync);
        await context.WriteJsonAsync(StatusCodes.Status200OK, page, ApiJson.Readable.TagHistoryBody);
    }

    public async Task AttributesAsync(HttpContext context, string id)
    {
        var page = await ReadAsync(context, id, attributes.ReadAsync);
        await context.WriteJsonAsync(StatusCodes.Status200OK, page, ApiJson.Readable.AttributeHistoryBody);
    }

    private async Task<TBody> ReadAsync<TBody>(
        HttpContext context, string id, Func<MemberId, long?, int, CancellationToken, Task<TBody?>> read)
        where TBody : class
    {
        var limit = QueryReader.Number(context.Request, "limit", DefaultLimit, least: 1, most: MaxLimit);
        var cursor = QueryReader.Number(context.Request, "cursor", 0, least: 1, most: int.MaxValue);
        var member = await target.FindAsync(context, id);
        return await read(member, cursor == 0 ? null : cursor, limit, context.RequestAborted)
            ?? throw ApiErrors.MemberNotFound.Thrown("No member has this id.");
    }
}
