using System.Globalization;
using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Journal;
using MallVip.Grains.Tiers;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>
/// Moves members to where a changed ladder has them, page by page; with <c>dryRun=true</c> it is only said
/// whom it would move.
/// </summary>
internal sealed class TierReviewEndpoint(TierReview review, TestWall wall, DeskWrite write)
{
    public async Task PostAsync(HttpContext context)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.TierReviewBody);
        var from = Share(body.Cursor);
        var call = DeskWrite.Call(context, "tiers", "", body, ApiJson.Default.TierReviewBody);
        var caller = Caller.Of(context);
        async ValueTask<bool> MayAsync(Rules.Quantities.MemberId member) =>
            await wall.RefusalAsync(caller, member, context.RequestAborted) is null;
        var page = call.DryRun
            ? await review.LookAsync(from, body.Falls, MayAsync, context.RequestAborted)
            : await review.ApplyAsync(from, body.Falls, MayAsync, call, context.RequestAborted);
        await context.WriteJsonAsync(StatusCodes.Status200OK, Of(page), ApiJson.Default.TierReviewAnswerBody);
    }

    private static int Share(string? cursor) =>
        cursor is null ? 0
        : int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var share)
            && share < IJournal.Shares ? share
        : throw ApiErrors.InvalidCursor.Thrown("The cursor was not made by this API.");

    private static TierReviewAnswerBody Of(TierPage page) => new(
        page.Members,
        [
            .. page.Moves.GroupBy(move => (move.From, move.To))
                .OrderBy(group => group.Key.From, StringComparer.Ordinal)
                .ThenBy(group => group.Key.To, StringComparer.Ordinal)
                .Select(group => new TierMoveBody(group.Count(), group.Key.From, group.Key.To)),
        ],
        page.Next?.ToString(CultureInfo.InvariantCulture));
}
