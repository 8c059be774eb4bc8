using System.Net;
using MallVip.Client.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Orleans.Dashboard;

namespace MallVip.Silo.Orleans;

/// <summary>
/// Orleans' dashboard: classes of grains, their calls and the silos, for whoever is on this machine. It is
/// shown at a port of the loopback address and nowhere else, whatever name a request gives itself; the state
/// of single grains and the log are not shown at all.
/// </summary>
internal static class DashboardPage
{
    private const string Path = "/dashboard";

    /// <summary>Pages that would show more than figures of classes.</summary>
    private static readonly string[] Closed = [$"{Path}/GrainState", $"{Path}/Trace"];

    public static void AddTo(IHostApplicationBuilder builder) =>
        builder.UseOrleans(static silo => silo.AddDashboard(options => options.HideTrace = true));

    public static void Map(WebApplication app, int port) =>
        app.MapOrleansDashboard(Path).ExcludeFromDescription().AddEndpointFilter(
            (context, next) => IsShown(context.HttpContext, port)
                ? next(context)
                : new(Results.NotFound()));

    private static bool IsShown(HttpContext context, int port) =>
        context.Connection is { LocalPort: var local, LocalIpAddress: { } address }
        && local == port && IPAddress.IsLoopback(address)
        && StartupGuard.IsLoopback($"http://{context.Request.Host}")
        && !Closed.Any(path => context.Request.Path.StartsWithSegments(
            path, StringComparison.OrdinalIgnoreCase));
}
