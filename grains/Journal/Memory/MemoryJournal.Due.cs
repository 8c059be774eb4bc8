namespace MallVip.Grains.Journal;

public sealed partial class MemoryJournal
{
    private readonly Dictionary<GrainKey, (DateTimeOffset At, DateTimeOffset ClaimedUntil)> _due = [];

    public ValueTask<IReadOnlyList<DueGrain>> ClaimDueAsync(
        DateTimeOffset now, int max, DateTimeOffset claimUntil, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var claimed = _due.Where(d => d.Value.At <= now && d.Value.ClaimedUntil <= now)
                .OrderBy(d => d.Value.At).ThenBy(d => d.Key).Take(max)
                .Select(d => new DueGrain(d.Key, d.Value.At)).ToList();
            foreach (var row in claimed)
                _due[row.Grain] = (row.At, claimUntil);
            return new(claimed);
        }
    }

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return new(_due.Count == 0
                ? null
                : _due.Values.Min(d => d.At > d.ClaimedUntil ? d.At : d.ClaimedUntil));
        }
    }

    private void Change(GrainKey grain, DueChange change)
    {
        switch (change.Action)
        {
            case DueAction.None:
                return;
            case DueAction.Clear:
                _due.Remove(grain);
                return;
            case DueAction.Exact:
                _due[grain] = (change.At, DateTimeOffset.MinValue);
                return;
            case DueAction.Earlier:
                if (!_due.TryGetValue(grain, out var row))
                    _due[grain] = (change.At, DateTimeOffset.MinValue);
                else if (change.At < row.At)
                    _due[grain] = (change.At, row.ClaimedUntil);
                return;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(change), change.Action, "No such action on a due row.");
        }
    }
}
