using System.Globalization;
using MallVip.Client.Keys;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Slips;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Slips;

/// <summary><c>/v1/receipts</c>: slips that operators hand in where no till has sent the receipt.</summary>
internal sealed class SlipEndpoints(
    SlipDesk desk, EventReader reader, MemberTarget target, DeskWrite write, ApiOptions options)
{
    private const int LongestText = 500;
    private const int PageLength = 100;

    public async Task PostAsync(HttpContext context)
    {
        RefuseTests(context);
        var body = await write.ReadAsync(context, ApiJson.Default.SlipBody);
        CheckText(body.Photo, "photo");
        CheckText(body.Note, "note");
        var call = DeskWrite.Call(context, "slip", "", body, ApiJson.Default.SlipBody);
        var member = await target.FindAsync(context, body.Member);
        if (reader.Read(SlipEvent.Of(body, member, call.Actor), null, out var refusal) is not { } incoming)
            throw new RefusedException(refusal! with { Pointer = PlaceOf(refusal.Pointer) });
        var view = Answered(await desk.HandInAsync(member, incoming, body.Photo, body.Note, call));
        if (!call.DryRun)
            context.Response.Headers.Location = $"/v1/receipts/{view.Id}";
        await WriteAsync(context, view, view.Status == SlipStatus.Waiting && !call.DryRun
            ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    public async Task ListAsync(HttpContext context)
    {
        RefuseTests(context);
        var request = context.Request;
        var views = await desk.ListAsync(
            DayOf(request), request.Query["store"] is [{ Length: > 0 } store] ? store : null,
            SlipWords.StatusOf(request), QueryReader.Word(request, "cursor", 64), PageLength + 1);
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new(
                [.. views.Take(PageLength).Select(view => SlipWords.Of(view, request))],
                views.Length > PageLength ? views[PageLength - 1].Id : null),
            ApiJson.Readable.SlipsBody);
    }

    public async Task ReadAsync(HttpContext context, string id)
    {
        RefuseTests(context);
        await WriteAsync(
            context, await desk.ReadAsync(id) ?? throw NotFound(), StatusCodes.Status200OK);
    }

    public async Task DecideAsync(HttpContext context, string id, SlipVerb verb)
    {
        RefuseTests(context);
        var body = await BodyReader.ReadAsync(
            context, ApiJson.Default.SlipDecisionBody, options.MaxEventBytes, optional: true);
        CheckText(body.Reason, "reason");
        if (verb == SlipVerb.Decline && string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("To decline a slip needs a reason.", "reason");
        var call = new DeskCall(
            Caller.Of(context).Actor, "", default, QueryReader.Flag(context.Request, "dryRun"));
        await WriteAsync(
            context, Answered(await desk.DecideAsync(id, verb, body.Reason ?? "", call)),
            StatusCodes.Status200OK);
    }

    /// <exception cref="RefusedException">It is refused, or there is none; or it was approved, and the member
    /// does not take it.</exception>
    private static SlipView Answered(SlipResult result)
    {
        if (result.Refusal is { } refusal)
            throw new RefusedException(refusal);
        var view = result.View ?? throw NotFound();
        return view.Status is SlipStatus.Duplicate or SlipStatus.Refused
            ? throw new RefusedException(Refusals.OfCode(view.Code!, view.Detail!))
            : view;
    }

    private static RefusedException NotFound() => ApiErrors.SlipNotFound.Thrown("No slip has this id.");

    private static Task WriteAsync(HttpContext context, SlipView view, int status) => context.WriteJsonAsync(
        status, SlipWords.Of(view, context.Request), ApiJson.Readable.SlipViewBody);

    /// <summary>The place in the request instead of the one in the event that was made of it.</summary>
    private static string? PlaceOf(string? pointer) =>
        pointer?.StartsWith("data.", StringComparison.Ordinal) == true ? pointer["data.".Length..] : pointer;

    private static void CheckText(string? text, string name)
    {
        if (text is { } given && (given.Length is 0 or > LongestText || given.Any(char.IsControl)))
            throw ApiErrors.InvalidRequest.Thrown(
                $"'{name}' has 1 to {LongestText} characters, none of them a control one.", name);
    }

    private static DateOnly? DayOf(HttpRequest request)
    {
        var text = request.Query["day"].ToString();
        if (text.Length == 0)
            return null;
        return DateOnly.TryParseExact(
            text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : throw ApiErrors.InvalidRequest.Thrown("'day' is a day such as 2026-11-23.", "day");
    }

    private static void RefuseTests(HttpContext context)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.NotATestMember.Thrown("Slips are of members that no test key registered.");
    }
}
