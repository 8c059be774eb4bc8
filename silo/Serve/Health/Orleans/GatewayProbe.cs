using MallVip.Client.Health;
using MallVip.Grains.Intake;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Orleans;

/// <summary>Whether a client of the cluster reaches its silos.</summary>
internal sealed class GatewayProbe(IGrainFactory grains) : IReadinessProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "cluster";

    public async ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)
                .WaitAsync(Patience, cancellation);
            Sentence there = $"{hosts.Count} silos are in the cluster; this process is its client.";
            return new Readiness(true, there);
        }
        catch (Exception failure) when (Unavailable.Is(failure))
        {
            Sentence away = "No silo of the cluster answers; events are refused until one does.";
            return new Readiness(false, away);
        }
    }
}
