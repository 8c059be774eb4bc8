namespace MallVip.Grains.Journal;

/// <summary>States of grains, so that an activation need not fold its whole history. Losing them costs time
/// only.</summary>
public interface ISnapshotStore
{
    /// <summary>The grain's snapshot in the format <paramref name="schema"/>; null when there is none, or
    /// only one in another format (the caller folds the journal and saves anew).</summary>
    ValueTask<Snapshot?> LoadSnapshotAsync(GrainKey grain, int schema, CancellationToken cancel = default);

    /// <summary>The newest milestone of the grain up to a seq; null when there is none in the format
    /// <paramref name="schema"/>.</summary>
    ValueTask<Snapshot?> LoadMilestoneAsync(
        GrainKey grain, int schema, long atMost, CancellationToken cancel = default);

    /// <summary>Saves snapshots of committed states; each replaces the grain's older one, milestones that of
    /// the same seq.</summary>
    ValueTask SaveSnapshotsAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancel = default);
}
