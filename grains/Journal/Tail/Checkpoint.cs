namespace MallVip.Grains.Journal;

/// <summary>A reader of the whole journal by its name, and where its checkpoint lives.</summary>
/// <param name="Name">Stable, short, unique.</param>
/// <param name="Home">With what the reader writes: its output and its checkpoint belong in one
/// transaction.</param>
public readonly record struct ReaderId(string Name, CheckpointHome Home);

/// <summary>Where a reader's checkpoint lives.</summary>
public enum CheckpointHome : byte
{
    /// <summary>With the views: lost and rebuilt together with them.</summary>
    Index = 0,

    /// <summary>With the journal: what left the house (messages) must not leave again after a
    /// rebuild.</summary>
    Journal = 1,
}

/// <summary>A reader's place, and who may move it.</summary>
/// <param name="Position">Everything up to here is done.</param>
/// <param name="Owner">Who holds the lease; empty before the first.</param>
/// <param name="Epoch">Raised whenever the owner changes: a move under an older epoch is refused.</param>
/// <param name="Until">The lease's end.</param>
public sealed record Checkpoint(TailPosition Position, string Owner, long Epoch, DateTimeOffset Until);

/// <summary>A move of a checkpoint: done only if epoch and expected position are still the stored
/// ones.</summary>
public readonly record struct CheckpointMove(
    ReaderId Reader, long Epoch, TailPosition Expected, TailPosition Next, DateTimeOffset Until);
