using System.Collections.Immutable;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Rules.Checking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace MallVip.Client.Health;

/// <summary>
/// <c>/healthz</c>: the process lives. <c>/readyz</c>: it takes traffic; 503 when not, with the reason.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Json(new HealthBody("ok"), ApiJson.Default.HealthBody))
            .WithName("health").WithSummary("Whether the process lives").Produces<HealthBody>();
        routes.MapGet("/readyz", ReadyAsync)
            .WithName("ready").WithSummary("Whether the silo takes traffic")
            .Produces<ReadyBody>().Produces<ReadyBody>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(
        IEnumerable<IReadinessProbe> probes, IHostApplicationLifetime lifetime, HttpRequest request,
        CancellationToken cancellation)
    {
        var language = Languages.Of(request);
        var components = ImmutableArray.CreateBuilder<ComponentBody>();
        var isDegraded = false;
        foreach (var probe in probes)
        {
            var said = await AskAsync(probe, cancellation);
            isDegraded |= said.IsDegraded;
            components.Add(Of(probe, said, language));
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
            components.Add(new("process", Ready: false, SentenceTexts.Of("The silo is stopping.", language)));
        var ready = components.All(component => component.Ready);
        var body = new ReadyBody(
            ready ? isDegraded ? "degraded" : "ready" : "not-ready", components.ToImmutable());
        return TypedResults.Json(body, ApiJson.Readable.ReadyBody, statusCode: ready ? 200 : 503);
    }

    private static ComponentBody Of(IReadinessProbe probe, Readiness said, Language language) => new(
        probe.Name, said.IsReady,
        string.Join(' ', said.Details.Select(detail => SentenceTexts.Of(detail, language))));

    private static async ValueTask<Readiness> AskAsync(
        IReadinessProbe probe, CancellationToken cancellation)
    {
        try
        {
            return await probe.CheckAsync(cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new(false, (Sentence)$"The probe failed: {failure.GetType().Name}.");
        }
    }
}
