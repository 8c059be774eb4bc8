namespace MallVip.Grains.Journal;

/// <summary>Where readers of the whole journal have come to. One owner at a time, by lease and
/// epoch.</summary>
public interface ICheckpointStore
{
    /// <summary>The reader's checkpoint; null before its first lease.</summary>
    ValueTask<Checkpoint?> GetCheckpointAsync(ReaderId reader, CancellationToken cancel = default);

    /// <summary>
    /// Takes or renews the lease: granted when nobody holds one beyond <paramref name="now"/> or
    /// <paramref name="owner"/> holds it already. A new owner raises the epoch. Null when another holds it.
    /// </summary>
    ValueTask<Checkpoint?> LeaseCheckpointAsync(
        ReaderId reader, string owner, DateTimeOffset now, DateTimeOffset until,
        CancellationToken cancel = default);

    /// <summary>Moves the checkpoint if epoch and position are still the expected ones; false when
    /// not.</summary>
    ValueTask<bool> CompareAndSetCheckpointAsync(CheckpointMove move, CancellationToken cancel = default);
}
