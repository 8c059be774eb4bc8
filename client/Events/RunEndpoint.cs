using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Runs;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Events;

/// <summary>The life of an import over HTTP: begun by its first request, ended here.</summary>
internal sealed class RunEndpoint(OpenRuns runs)
{
    private const int LongestId = 64;

    /// <summary>The run that the request is a part of; null: it is live. Only a key that may operate has
    /// one.</summary>
    public OpenRuns.Lease? Join(HttpContext context)
    {
        if (QueryReader.Word(context.Request, "run", LongestId) is not { } run)
            return null;
        return Caller.Of(context) is { Test: false } caller && caller.Scopes.HasFlag(Scopes.Operate)
            ? runs.Join(run)
            : throw ApiErrors.Forbidden.Thrown("'run' needs the scope 'operate', and is not for test keys.");
    }

    /// <summary><c>POST /v1/runs/{id}/end</c>: ending it again changes nothing.</summary>
    public IResult End(HttpContext context, string id)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.Forbidden.Thrown("Runs are not for test keys.");
        var clock = runs.End(id);
        return TypedResults.Json(
            clock is null
                ? new RunBody(id, "not-open", null, null)
                : new RunBody(id, "ended", clock.Touched == 0 ? null : clock.Now, clock.Touched),
            ApiJson.Default.RunBody);
    }
}
