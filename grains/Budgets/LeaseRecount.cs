using MallVip.Grains.Journal;
using MallVip.Rules.Budgets;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Grains.Budgets;

/// <summary>
/// Counts in the journal what the leases of a silo that died have used. Leases live for a minute or so, thus
/// little is read; what one budget has read serves the others. Thread-safe.
/// </summary>
public sealed class LeaseRecount(IJournal journal) : IDisposable
{
    private const int PageLength = 4_096;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<(BudgetKey Budget, long Lease), long> _uses = [];
    private long _from = long.MaxValue;

    private static ReadOnlySpan<byte> Mark => "\"f\":\"budget\""u8;

    /// <summary>The uses of a lease whose holder draws no more.</summary>
    public async ValueTask<long> UsesAsync(BudgetKey budget, OpenLease lease)
    {
        await _turn.WaitAsync();
        try
        {
            if (lease.Pos < _from)
                await CountAsync(lease.Pos, _from);
            return _uses.GetValueOrDefault((budget, lease.Number));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task CountAsync(long after, long through)
    {
        var found = new Dictionary<(BudgetKey Budget, long Lease), long>();
        var page = await journal.TailAsync(TailPosition.At(after), PageLength);
        while (page.Entries.Count > 0 && page.Entries[0].Pos <= through)
        {
            foreach (var entry in page.Entries)
                if (entry.Pos <= through && entry.Grain.Kind == GrainKind.Member)
                    Count(entry, found);
            page = await journal.TailAsync(page.Next, PageLength);
        }

        foreach (var (lease, used) in found)
            _uses[lease] = _uses.GetValueOrDefault(lease) + used;
        _from = after;
    }

    private static void Count(JournalEntry entry, Dictionary<(BudgetKey Budget, long Lease), long> found)
    {
        if (entry.Body.Span.IndexOf(Mark) < 0)
            return;
        foreach (var fact in JournalJson.ReadFacts(entry.Body.Span))
            if (fact is Fact.BudgetUsed { Lease: > 0 } used)
            {
                var lease = (used.Budget, used.Lease);
                found[lease] = found.GetValueOrDefault(lease) + used.Amount.Value;
            }
    }
}
