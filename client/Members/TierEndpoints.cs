using System.Globalization;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Rules.Commands;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tiers;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>A member's tier: given by hand, what is missing, and how it came about.</summary>
internal sealed class TierEndpoints(
    MemberDesk desk, MemberTarget target, DeskWrite write, MemberBodies bodies, TierHistory history,
    Func<Programme> programme, TimeProvider time)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public async Task GrantAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.GrantTierBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("A tier that is given needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        var command = new MemberCommand.GrantTier(body.Tier, body.Until, body.Reason);
        await write.CommandAsync(context, member, command,
            DeskWrite.Call(context, "tier", member.ToString(), body, ApiJson.Default.GrantTierBody));
    }

    public async Task EndAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.EndTierBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("A tier that is ended needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        await write.CommandAsync(context, member, new MemberCommand.EndTierGrant(body.Reason),
            DeskWrite.Call(context, "tier-end", member.ToString(), body, ApiJson.Default.EndTierBody));
    }

    public async Task ReadAsync(HttpContext context, string id)
    {
        var member = await target.FindAsync(context, id);
        var view = await desk.ReadAsync(member, at: null, context.RequestAborted)
            ?? throw ApiErrors.MemberNotFound.Thrown("No member has this id.");
        var outlook = TierOutlook.Of(view.Snapshot.State, programme(), time.GetUtcNow());
        var zone = bodies.ZoneOf(view.Snapshot.State);
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new TierOutlookBody(
                view.Snapshot.State.Id ?? member, bodies.Of(member, view, time.GetUtcNow()).Tier,
                Aim(outlook.Keep, zone), Aim(outlook.Next, zone)),
            ApiJson.Readable.TierOutlookBody);
    }

    public async Task HistoryAsync(HttpContext context, string id)
    {
        var limit = QueryReader.Number(context.Request, "limit", DefaultLimit, least: 1, most: MaxLimit);
        var cursor = QueryReader.Number(context.Request, "cursor", 0, least: 1, most: int.MaxValue);
        var member = await target.FindAsync(context, id);
        var page = await history.ReadAsync(member, cursor == 0 ? null : cursor, limit, context.RequestAborted)
            ?? throw ApiErrors.MemberNotFound.Thrown("No member has this id.");
        await context.WriteJsonAsync(StatusCodes.Status200OK, page, ApiJson.Readable.TierHistoryBody);
    }

    private static TierAimBody? Aim(TierAim? aim, TimeZoneInfo zone) => aim is null ? null : new(
        aim.Tier.Id, aim.Tier.Name, aim.Holds,
        aim.By is { } by ? TimeZoneInfo.ConvertTime(by, zone) : null,
        aim.Gaps is { } gaps ? [.. gaps.Select(Gap)] : null);

    private static TierGapBody Gap(TierGap gap) => new(
        gap.What, Text(gap.Least), gap.Above, Text(gap.Present), Text(gap.Missing));

    private static string Text(decimal number) =>
        number.ToString("0.##########", CultureInfo.InvariantCulture);
}
