using System.Runtime.InteropServices;

namespace MallVip.Grains.Journal;

/// <summary>
/// The drafts waiting for a batch, in the order of the calls, and for every grain with drafts on their way
/// the newest of them, so that a gap is refused at the door. Not thread-safe: the writer's lock guards it.
/// </summary>
internal sealed class AppendQueue(IJournal journal)
{
    private readonly Dictionary<GrainKey, Flight> _flights = [];
    private Queue<PendingAppend> _waiting = new();

    public int Count => _waiting.Count;

    public long Bytes { get; private set; }

    /// <summary>Takes a draft if it goes on where its grain's newest one stands.</summary>
    public bool TryEnqueue(PendingAppend pending)
    {
        var draft = pending.Draft;
        ref var flight = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _flights, draft.Grain, out var flying);
        if (flying ? flight.Seq + 1 != draft.Seq || flight.Hash != draft.PrevHash : !FollowsHead(draft))
        {
            if (!flying)
                _flights.Remove(draft.Grain);
            return false;
        }

        flight.Seq = draft.Seq;
        flight.Hash = draft.Hash;
        flight.Count++;
        _waiting.Enqueue(pending);
        Bytes += draft.Body.Length;
        return true;
    }

    /// <summary>Moves the oldest drafts into a batch, within its bounds; at least one if there is
    /// one.</summary>
    public void TakeInto(List<PendingAppend> batch, int maxEntries, long maxBytes)
    {
        var bytes = 0L;
        while (batch.Count < maxEntries && _waiting.TryPeek(out var next))
        {
            bytes += next.Draft.Body.Length;
            if (batch.Count > 0 && bytes > maxBytes)
                return;
            Bytes -= next.Draft.Body.Length;
            batch.Add(_waiting.Dequeue());
        }
    }

    /// <summary>Drafts that became durable are on their way no longer.</summary>
    public void Landed(List<PendingAppend> batch)
    {
        foreach (var pending in batch)
        {
            ref var flight = ref CollectionsMarshal.GetValueRefOrNullRef(_flights, pending.Draft.Grain);
            if (--flight.Count == 0)
                _flights.Remove(pending.Draft.Grain);
        }
    }

    /// <summary>Takes out every waiting draft of some grains and forgets what was on its way for
    /// them.</summary>
    public List<PendingAppend> Withdraw(HashSet<GrainKey> grains)
    {
        var withdrawn = new List<PendingAppend>();
        var kept = new Queue<PendingAppend>(_waiting.Count);
        foreach (var pending in _waiting)
        {
            if (!grains.Contains(pending.Draft.Grain))
            {
                kept.Enqueue(pending);
                continue;
            }

            withdrawn.Add(pending);
            Bytes -= pending.Draft.Body.Length;
        }

        _waiting = kept;
        foreach (var grain in grains)
            _flights.Remove(grain);
        return withdrawn;
    }

    private bool FollowsHead(EntryDraft draft) =>
        draft.Seq >= 1 && (!journal.TryGetHead(draft.Grain, out var head) || head.Seq + 1 == draft.Seq);

    private struct Flight
    {
        public long Seq;
        public Hash256 Hash;
        public int Count;
    }
}
