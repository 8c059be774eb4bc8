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
        {
            Sentence anew = "The key index is being made anew; writes are refused until it is whole.";
            return new(new Readiness(false, anew, trouble));
        }

        var stats = writer.Stats;
        Sentence entries =
            $"{writer.CommittedPos} entries, {stats.Queued} waiting, {stats.Failed} failed since the start.";
        Sentence lag = $"The key index is {keys.Lag} entries behind.";
        var isReady = stats.Queued < NearlyFull;
        if (keys.Clashes == 0)
            return new(new Readiness(isReady, entries, lag));
        Sentence clashes =
            $"{keys.Clashes} events count twice, since two silos decided them at once; the log names them.";
        return new(new Readiness(isReady, entries, lag, clashes) { IsDegraded = true });
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
        {
            Sentence due = $"Version {missing[..12]} is due and could not be loaded.";
            return new(new Readiness(false, due));
        }

        if (programmes.IsBlind)
        {
            Sentence blind =
                "What other silos have published could not be looked up; writes are refused until it is.";
            return new(new Readiness(false, blind));
        }

        Sentence inForce =
            $"Version {programme.Version[..12]} with {programme.Rules.Length} rules is in force.";
        return new(news.Refused is { } refused
            ? new Readiness(true, [inForce, .. Describe(refused)])
            : new Readiness(true, inForce));
    }

    private static IEnumerable<Sentence> Describe(ProgrammeNotice refused)
    {
        var errors = refused.Diagnostics.Where(found => found.Severity == Severity.Error).ToArray();
        yield return $"The files in the folder were REFUSED at {refused.At:u} with {errors.Length} mistakes.";
        yield return new(errors[0].ToString(), []) { Chinese = errors[0].ToString(Language.Chinese) };
    }
}
