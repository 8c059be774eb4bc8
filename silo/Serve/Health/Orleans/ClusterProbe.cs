using MallVip.Client.Health;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Orleans;

/// <summary>Whether this silo is in its cluster, and how many others are.</summary>
internal sealed class ClusterProbe(IClusterMembershipService membership, ILocalSiloDetails self)
    : IReadinessProbe
{
    public string Name => "cluster";

    public ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        var silos = membership.CurrentSnapshot.Members;
        var active = silos.Values.Count(silo => silo.Status == SiloStatus.Active);
        var isIn = silos.TryGetValue(self.SiloAddress, out var own) && own.Status == SiloStatus.Active;
        Sentence there = $"{active} silos are in the cluster; this one is {self.Name}.";
        Sentence gone = $"This silo, {self.Name}, is not in the cluster; {active} others are.";
        return new(new Readiness(isIn, isIn ? there : gone));
    }
}
