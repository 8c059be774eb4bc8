using System.Collections.Immutable;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Grains.Programmes;

/// <summary>Files that somebody may publish, checked.</summary>
/// <param name="Id">Their content hash, which becomes the version.</param>
/// <param name="Files">By relative path.</param>
/// <param name="Result">What the check and the cases said.</param>
public sealed record Draft(
    string Id, ImmutableSortedDictionary<string, string> Files, ProgrammeResult Result)
{
    /// <summary>No mistakes, and every case passes.</summary>
    public bool IsGood => Result.Programme is not null;
}

/// <summary>
/// The drafts that were posted last. They are kept in memory only: after a restart the same files make the
/// same draft again. Thread-safe.
/// </summary>
public sealed class DraftBook
{
    /// <summary>How many are kept.</summary>
    public const int Most = 32;

    private readonly Lock _gate = new();
    private readonly LinkedList<Draft> _drafts = [];

    /// <summary>Keeps a draft; the one that was not asked for longest goes.</summary>
    public Draft Keep(Draft draft)
    {
        lock (_gate)
        {
            Remove_NeedsLock(draft.Id);
            _drafts.AddLast(draft);
            if (_drafts.Count > Most)
                _drafts.RemoveFirst();
            return draft;
        }
    }

    /// <summary>Null: unknown, or forgotten.</summary>
    public Draft? Find(string id)
    {
        lock (_gate)
        {
            if (Remove_NeedsLock(id) is not { } draft)
                return null;
            _drafts.AddLast(draft);
            return draft;
        }
    }

    private Draft? Remove_NeedsLock(string id)
    {
        for (var node = _drafts.First; node is not null; node = node.Next)
        {
            if (node.Value.Id != id)
                continue;
            _drafts.Remove(node);
            return node.Value;
        }

        return null;
    }
}
