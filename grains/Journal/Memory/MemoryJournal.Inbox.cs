namespace MallVip.Grains.Journal;

public sealed partial class MemoryJournal
{
    private readonly SortedDictionary<long, InboxDraft> _inbox = [];
    private readonly Dictionary<EventKey, int> _inboxKeys = [];
    private readonly Dictionary<EventKey, InboxRefusal> _refusals = [];
    private long _lastInbox;

    public ValueTask PutInboxAsync(IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            foreach (var row in rows)
            {
                _inbox.Add(++_lastInbox, row with { Body = row.Body.ToArray() });
                _inboxKeys[row.Key] = _inboxKeys.GetValueOrDefault(row.Key) + 1;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<InboxRow>> ReadInboxAsync(
        long after, int max, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return new(_inbox.SkipWhile(row => row.Key <= after).Take(max)
                .Select(row => new InboxRow(row.Key, row.Value)).ToList());
        }
    }

    public ValueTask<long> CountInboxAsync(CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_inbox.Count);
    }

    public ValueTask SettleInboxAsync(IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            foreach (var end in ends)
            {
                if (_inbox.Remove(end.Pos, out var row) && --_inboxKeys[row.Key] == 0)
                    _inboxKeys.Remove(row.Key);
                if (end.Refusal is { } refusal)
                    _refusals[refusal.Key] = refusal with { Body = refusal.Body.ToArray() };
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<InboxTrace> FindInboxAsync(EventKey key, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(new InboxTrace(_inboxKeys.ContainsKey(key), _refusals.GetValueOrDefault(key)));
    }

    public ValueTask ForgetRefusalsAsync(DateTimeOffset before, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            foreach (var (key, refusal) in _refusals)
            {
                if (refusal.At < before)
                    _refusals.Remove(key);
            }
        }

        return ValueTask.CompletedTask;
    }
}
