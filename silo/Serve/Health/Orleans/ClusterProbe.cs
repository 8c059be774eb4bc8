using MallVip.Client.Health;
using MallVip.Rules.Checking;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace MallVip.Silo.Orleans;

/// <summary>Whether this silo is in its cluster, how many others are, and whether all are of one build. Two
/// builds are a degraded state and not an unready one: an upgrade goes from silo to silo.</summary>
internal sealed class ClusterProbe(
    IClusterMembershipService membership, ILocalSiloDetails self, ISiloMetadataCache told) : IReadinessProbe
{
    public string Name => "cluster";

    public ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        var silos = membership.CurrentSnapshot.Members;
        var active = silos.Values.Where(silo => silo.Status == SiloStatus.Active).ToArray();
        var isIn = silos.TryGetValue(self.SiloAddress, out var own) && own.Status == SiloStatus.Active;
        if (!isIn)
        {
            Sentence gone = $"This silo, {self.Name}, is not in the cluster; {active.Length} others are.";
            return new(new Readiness(false, gone));
        }

        Sentence there = $"{active.Length} silos are in the cluster; this one is {self.Name}.";
        var builds = active.Select(silo => (silo.Name, Build: BuildOf(silo.SiloAddress))).ToArray();
        if (builds.Select(silo => silo.Build).OfType<string>().Distinct().Count() < 2)
            return new(new Readiness(true, there));
        var list = string.Join(", ", builds.Select(silo => $"{silo.Name} {silo.Build ?? "?"}"));
        Sentence mixed = $"They are of different builds, as during an upgrade: {list}. Bring all to one.";
        return new(new Readiness(true, there, mixed) { IsDegraded = true });
    }

    /// <summary>Null: it has not been told yet.</summary>
    private string? BuildOf(SiloAddress silo) =>
        told.GetSiloMetadata(silo).Metadata.GetValueOrDefault(ClusterHosting.Build);
}
