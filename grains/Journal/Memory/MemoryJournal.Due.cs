namespace MallVip.Grains.Journal;

public sealed partial class MemoryJournal
{
    private readonly Dictionary<GrainKey, (DateTimeOffset At, DateTimeOffset ClaimedUntil)> _due = [];

    public ValueTask<IReadOnlyList<DueGrain>> ClaimDueAsync(
        DateTimeOffset now, int max, DateTimeOffset claimUntil, Func<GrainKey, bool>? held = null,
        CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var claimed = _due.Where(d => d.Value.At <= now && d.Value.ClaimedUntil <= now)
                .Where(d => held?.Invoke(d.Key) != true)
                .OrderBy(d => d.Value.At).ThenBy(d => d.Key).Take(max)
                .Select(d => new DueGrain(d.Key, d.Value.At)).ToList();
            foreach (var row in claimed)
                _due[row.Grain] = (row.At, claimUntil);
            return new(claimed);
        }
    }

    public ValueTask AdvanceDueAsync(IReadOnlyList<DueAdvance> rows, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            foreach (var row in rows)
            {
                if (Head(row.Grain).Seq == row.Seq)
                    Change(row.Grain, DueChange.Earlier(row.At));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<DateTimeOffset?> NextDueAsync(
        Func<GrainKey, bool>? held = null, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return new(_due.Where(d => held?.Invoke(d.Key) != true)
                .Select(d => d.Value.At > d.Value.ClaimedUntil ? d.Value.At : d.Value.ClaimedUntil)
                .Cast<DateTimeOffset?>().Min());
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
