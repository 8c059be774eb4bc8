using MallVip.Grains.Journal;
using MallVip.Rules.Budgets;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Grains.Budgets;

/// <summary>
/// Counts in the journal what leases have used whose holders are gone. Leases live for a minute at most, thus
/// little is read; what is read for one budget serves the others. Thread-safe.
/// </summary>
public sealed class LeaseRecount(IJournal journal) : IDisposable
{
    private const int PageLength = 4_096;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<(BudgetKey Budget, long Lease), long> _uses = [];
    private long _from = long.MaxValue;
    private TailPosition _to;

    private static ReadOnlySpan<byte> Mark => "\"f\":\"budget\""u8;

    /// <summary>The uses of a lease that nobody draws from any more, and whose last use is
    /// committed.</summary>
    public async ValueTask<long> UsesAsync(BudgetKey budget, OpenLease lease)
    {
        await _turn.WaitAsync();
        try
        {
            if (lease.Pos < _from)
            {
                _uses.Clear();
                (_from, _to) = (lease.Pos, TailPosition.At(lease.Pos));
                await CountAsync();
            }
            else if (lease.Until is not null)
            {
                await CountAsync();
            }

            return _uses.GetValueOrDefault((budget, lease.Number));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Goes on to the end of the journal.</summary>
    private async Task CountAsync()
    {
        while (true)
        {
            var page = await journal.TailAsync(_to, PageLength);
            foreach (var entry in page.Entries)
                if (entry.Grain.Kind == GrainKind.Member)
                    Count(entry);
            if (page.Next == _to)
                return;
            _to = page.Next;
        }
    }

    private void Count(JournalEntry entry)
    {
        if (entry.Body.Span.IndexOf(Mark) < 0)
            return;
        foreach (var fact in JournalJson.ReadFacts(entry.Body.Span))
            if (fact is Fact.BudgetUsed { Lease: > 0 } used)
            {
                var lease = (used.Budget, used.Lease);
                _uses[lease] = _uses.GetValueOrDefault(lease) + used.Amount.Value;
            }
    }
}
