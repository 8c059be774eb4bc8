using MallVip.Client.Health;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;

namespace MallVip.Silo.Serve;

/// <summary>
/// Whether the journal keeps up: not while its queue is nearly full or its key index is made anew.
/// </summary>
internal sealed class JournalProbe(JournalWriter writer, KeyIndex keys) : IReadinessProbe
{
    private const int NearlyFull = 58_000;

    public string Name => "journal";

    public ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        if (keys.Trouble is { } trouble)
            return new(new Readiness(false, trouble));
        var stats = writer.Stats;
        return new(new Readiness(
            stats.Queued < NearlyFull,
            $"{writer.CommittedPos} entries, {stats.Queued} waiting, {stats.Failed} failed since the start; "
            + $"the key index is {keys.Lag} entries behind."));
    }
}

/// <summary>Which programme decides.</summary>
internal sealed class ProgrammeProbe(ProgrammeHost programmes) : IReadinessProbe
{
    public string Name => "programme";

    public ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        var programme = programmes.Current;
        return new(new Readiness(
            true, $"Version {programme.Version[..12]} with {programme.Rules.Length} rules is in force."));
    }
}
