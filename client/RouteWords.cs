using MallVip.Client.Admission;
using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client;

/// <summary>What is said of a path: its name, its scope, its bounds, its answers.</summary>
internal static class RouteWords
{
    public static RouteHandlerBuilder Named(
        this RouteHandlerBuilder route, string name, string summary, string tag, Scopes scope) => route
        .WithName(name).WithSummary(summary).WithTags(tag).WithMetadata(new RequiredScope(scope));

    public static RouteHandlerBuilder Bounded(this RouteHandlerBuilder route) =>
        route.WithMetadata(new Admitted());

    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params string[] query) =>
        route.WithMetadata(new QueryParameters(query));

    public static RouteHandlerBuilder NeedsKey(this RouteHandlerBuilder route) =>
        route.WithMetadata(new NeedsIdempotencyKey());

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route)
    {
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 404, 409, 413, 415, 422, 429, 503])
            route.Produces<ProblemBody>(status, ProblemWriter.ContentType);
        return route;
    }

    /// <summary>What is based on a version that is no longer the newest.</summary>
    public static RouteHandlerBuilder RefusesStale(this RouteHandlerBuilder route) => route
        .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ProblemWriter.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ProblemWriter.ContentType);

    /// <summary>A write at the desk or a till.</summary>
    public static void Desk<TBody>(
        this RouteHandlerBuilder route, string name, string summary, int status = StatusCodes.Status200OK,
        Scopes scope = Scopes.Write)
        where TBody : notnull => route
        .Named(name, summary, "Desk", scope).Bounded()
        .Accepts<TBody>(EventMedia.Json).Takes("dryRun").NeedsKey()
        .Produces<DeskAnswerBody>(status).Refuses();
}
