using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Batches;
using MallVip.Grains.Journal;
using MallVip.Rules.Facts;

namespace MallVip.Silo.Verify;

/// <summary>
/// Holds lists and their members' entries together: what a list counts as done or taken back stands with its
/// members once, by as many points; what it does not count stands nowhere, but for the page that was under
/// way when the journal ends.
/// </summary>
internal sealed class BatchAudit
{
    private readonly Dictionary<UInt128, BatchState> _lists = [];
    private readonly Dictionary<EventKey, Written> _written = [];

    /// <summary>One sentence for each list that disagrees. Asked at the end.</summary>
    public IEnumerable<string> Problems => _lists.SelectMany(list => ProblemsOf(IdOf(list.Key), list.Value));

    /// <summary>Takes in an entry of a list.</summary>
    public void Visit(UInt128 list, ImmutableArray<BatchFact> facts)
    {
        foreach (var fact in facts)
        {
            _lists[list] = _lists.GetValueOrDefault(list, BatchState.Empty).Apply(fact);
            if (fact is not BatchFact.Listed { Rows: { IsDefault: false } rows })
                continue;
            foreach (var row in rows)
            {
                _written.TryAdd(row.KeyIn(IdOf(list), undoing: false), default);
                _written.TryAdd(row.KeyIn(IdOf(list), undoing: true), default);
            }
        }
    }

    /// <summary>Takes in an entry of a member.</summary>
    public void VisitMember(EventKey key, ImmutableArray<Fact> facts)
    {
        if (!_written.ContainsKey(key))
            return;
        var points = facts.OfType<Fact.Adjusted>().FirstOrDefault()?.Amount.Value ?? 0;
        _written[key] = new(true, !facts.IsEmpty, points);
    }

    private IEnumerable<string> ProblemsOf(string id, BatchState state)
    {
        var refused = state.Refused.Select(fault => fault.Line).ToHashSet();
        var kept = state.Kept.Select(fault => fault.Line).ToHashSet();
        var (done, undone) = (new Tally(), new Tally());
        for (var i = 0; i < state.Rows.Length; i++)
        {
            var row = state.Rows[i];
            var isDone = i < state.Done && !refused.Contains(row.Line);
            var isUndone = isDone && i >= state.Done - state.Undone;
            // Asked for alone before: its entry may be older than the list.
            if (row.Key.IsNone)
                done.Add(isDone, row.Amount, _written[row.KeyIn(id, undoing: false)]);
            if (!kept.Contains(row.Line))
                undone.Add(isUndone, -row.Amount, _written[row.KeyIn(id, undoing: true)]);
        }

        if (!done.Agrees(state.Status == BatchStatus.Running))
            yield return $"list {id}: batch: done: {done}.";
        if (!undone.Agrees(state.Status == BatchStatus.Undoing))
            yield return $"list {id}: batch: taken back: {undone}.";
    }

    private static string IdOf(UInt128 list) => list.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>What stands under a row's key.</summary>
    private readonly record struct Written(bool IsThere, bool HasFacts, long Points);

    /// <summary>Rows and points as the list has them, and as its members have.</summary>
    private sealed class Tally
    {
        private long _rows;
        private long _missing;
        private long _extra;
        private decimal _listed;
        private decimal _found;

        public void Add(bool counts, long points, Written entry)
        {
            _rows += counts ? 1 : 0;
            _listed += counts ? points : 0;
            _found += counts ? entry.Points : 0;
            _missing += counts && !entry.IsThere ? 1 : 0;
            _extra += !counts && entry.HasFacts ? 1 : 0;
        }

        /// <param name="isUnderWay">A page may have been done that is not counted yet.</param>
        public bool Agrees(bool isUnderWay) =>
            _missing == 0 && _listed == _found && _extra <= (isUnderWay ? BatchGrain.PageLength : 0);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{_rows} rows with {_listed} points, {_found} with members, {_missing} missing, {_extra} more");
    }
}
