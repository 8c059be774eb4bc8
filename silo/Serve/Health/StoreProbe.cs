using MallVip.Client.Health;
using MallVip.Grains.Journal;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Serve;

/// <summary>Whether the database or the data folder answers and, after a failed write, takes writes
/// again.</summary>
internal sealed class StoreProbe(IJournal journal) : IReadinessProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly bool _isDatabase = journal is PostgresJournal;

    public string Name => _isDatabase ? "database" : "disk";

    public async ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await journal.CheckAsync(limit.Token);
            return new Readiness(true, There);
        }
        catch (JournalLockedException)
        {
            Sentence taken =
                "Another process has taken this silo's place in the database; end one of the two.";
            return new Readiness(false, taken);
        }
        catch (JournalUnreachableException failure) when (!cancellation.IsCancellationRequested)
        {
            return new Readiness(false, InTheWay(failure.Trouble));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Readiness(false, InTheWay(StoreTrouble.Away));
        }
    }

    private Sentence There =>
        _isDatabase ? $"The database answers." : $"The data folder takes what is written.";

    private Sentence InTheWay(StoreTrouble trouble) => trouble switch
    {
        StoreTrouble.Full => $"The journal's disk is full; events are refused until there is room.",
        StoreTrouble.ReadOnly => $"The journal takes no writes; events are refused until it does.",
        _ when _isDatabase =>
            $"The database does not answer or takes no writes; events are refused until it does.",
        _ => $"The journal's disk fails; events are refused until it is in order.",
    };
}
