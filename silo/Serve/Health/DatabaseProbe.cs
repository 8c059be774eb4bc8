using MallVip.Client.Health;
using MallVip.Grains.Journal;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Serve;

/// <summary>Whether the database answers and, after a failed write, takes writes again.</summary>
internal sealed class DatabaseProbe(PostgresJournal journal) : IReadinessProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "database";

    public async ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await journal.CheckAsync(limit.Token);
            Sentence there = "The database answers.";
            return new Readiness(true, there);
        }
        catch (JournalLockedException)
        {
            Sentence taken =
                "Another process has taken this silo's place in the database; end one of the two.";
            return new Readiness(false, taken);
        }
        catch (Exception failure) when (
            failure is JournalUnreachableException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            Sentence away =
                "The database does not answer or takes no writes; events are refused until it does.";
            return new Readiness(false, away);
        }
    }
}
