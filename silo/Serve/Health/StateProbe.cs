using MallVip.Client.Health;
using MallVip.Grains.Journal;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Serve;

/// <summary>Judges something of what the database says of itself; that it does not answer is told by
/// <see cref="StoreProbe"/>.</summary>
internal abstract class StateProbe(PostgresJournal journal) : IReadinessProbe
{
    public abstract string Name { get; }

    public async ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            return Judge(await journal.StateAsync(cancellation));
        }
        catch (JournalUnreachableException)
        {
            Sentence unknown = "Unknown: the database does not answer.";
            return new Readiness(true, unknown) { IsDegraded = true };
        }
    }

    protected abstract Readiness Judge(DatabaseState state);
}
