using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Inbox;
using MallVip.Grains.Intake;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Events;

/// <summary>
/// <c>GET /v1/events?source=&amp;id=</c>: what became of an event. It tells its sender what a repeat would,
/// and sends nothing.
/// </summary>
internal sealed class OutcomeEndpoint(OutcomeReader outcomes, TestWall wall, AnswerWriters writers)
{
    public static string PathOf(string source, string id) =>
        $"/v1/events?source={Uri.EscapeDataString(source)}&id={Uri.EscapeDataString(id)}";

    public async Task ReadAsync(HttpContext context)
    {
        var source = QueryReader.Text(context.Request, "source", EventReader.LongestText);
        var id = QueryReader.Text(context.Request, "id", EventReader.LongestText);
        var (answer, actor) = await outcomes.FindAsync(source, id)
            ?? throw ApiErrors.EventNotFound.Thrown("No event with this source and id is known.");
        if (await RefusalAsync(context, answer, actor) is { } refusal)
            throw new RefusedException(refusal);
        var writer = writers.Create(Languages.Of(context.Request));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, json => writer.Write(json, answer, default));
    }

    /// <summary>
    /// Ids can be guessed: who may not read hears only what was made of its own events. A test key hears of
    /// test members only.
    /// </summary>
    private async ValueTask<Refusal?> RefusalAsync(HttpContext context, EventAnswer answer, string? actor)
    {
        var caller = Caller.Of(context);
        if (actor is not null && actor != caller.Actor && !caller.Scopes.HasFlag(Scopes.Read))
            return ApiErrors.Forbidden.Refuse(
                "Another key sent this event; its outcome needs the scope 'read'.");
        if (!caller.Test)
            return null;
        return answer.Member is { } member
            ? await wall.RefusalAsync(caller, member, context.RequestAborted)
            : TestWall.Refused;
    }
}
