using System.Net;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;

namespace MallVip.System.Tests.Cluster;

/// <summary>Orleans' dashboard is there where it is asked for, for this machine, and tells of no person.
/// </summary>
public sealed class DashboardTests
{
    private const string Page = "/dashboard/";

    private static readonly byte[] Member = Till.Event(
        "m", "member.registered", Till.Phone(0), TimeProvider.System.GetUtcNow().AddMinutes(-1), "{}");

    private static readonly string[] Figures =
    [
        "DashboardCounters", "ClusterStats", "GrainTypes", "TopGrainMethods",
        "GrainStats/MallVip.Grains.Members.MemberGrain",
    ];

    [SiloFact]
    public async Task It_answers_at_its_own_port_and_the_API_knows_nothing_of_it()
    {
        var port = PostgresSilo.FreePort();
        await using var cluster = await ClusterProcesses.StartAsync(
            1, more: ("MallVip__Dashboard__Port", port));
        var silo = cluster.Silos[0];
        using var own = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await AsyncUpload.PostAsync(silo, [Member], later: false);

        Assert.Contains("<html", await own.GetStringAsync(Page), StringComparison.OrdinalIgnoreCase);
        // It counts once a second.
        await Waiting.PatientlyAsync(async () =>
            (await own.GetStringAsync($"{Page}DashboardCounters"))
                .Contains("MallVip.Grains.Members.MemberGrain", StringComparison.Ordinal));
        foreach (var figures in Figures)
            Assert.DoesNotContain(
                "138000", await own.GetStringAsync(Page + figures), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(own, $"{Page}GrainState?grainId=1"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(own, $"{Page}Trace"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(silo.Http, Page));
        Assert.Equal(
            HttpStatusCode.NotFound, await StatusAsync(silo.Http, Page, host: $"127.0.0.1:{port}"));
        await cluster.StopAsync();
    }

    [SiloFact]
    public async Task It_is_not_there_unless_it_is_asked_for()
    {
        await using var cluster = await ClusterProcesses.StartAsync(1);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(cluster.Silos[0].Http, Page));
        await cluster.StopAsync();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
