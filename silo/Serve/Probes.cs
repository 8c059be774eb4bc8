using MallVip.Client.Health;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Checking;

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

/// <summary>
/// Which programme decides, and whether the folder holds another that could not be published.
/// </summary>
internal sealed class ProgrammeProbe(ProgrammeHost programmes, ProgrammeNews news) : IReadinessProbe
{
    public string Name => "programme";

    public ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        var programme = programmes.Shown;
        if (programmes.Missing is { } missing)
            return new(new Readiness(false, $"Version {missing[..12]} is due and could not be loaded."));
        var detail = $"Version {programme.Version[..12]} with {programme.Rules.Length} rules is in force.";
        return new(new Readiness(
            true, news.Refused is { } refused ? $"{detail} {Describe(refused)}" : detail));
    }

    private static string Describe(ProgrammeNotice refused)
    {
        var errors = refused.Diagnostics.Where(found => found.Severity == Severity.Error).ToArray();
        return $"The files in the folder were REFUSED at {refused.At:u} with {errors.Length} mistakes, "
            + $"the first {errors[0]}";
    }
}
