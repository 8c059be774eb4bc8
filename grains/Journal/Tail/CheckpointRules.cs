namespace MallVip.Grains.Journal;

/// <summary>Who may take and move a checkpoint, as pure functions: every store decides alike.</summary>
public static class CheckpointRules
{
    /// <summary>The checkpoint after a lease is taken or renewed; null when another owner holds it.</summary>
    public static Checkpoint? Lease(
        Checkpoint? stored, string owner, DateTimeOffset now, DateTimeOffset until)
    {
        if (stored is null)
            return new Checkpoint(TailPosition.Start, owner, 1, until);
        if (string.Equals(stored.Owner, owner, StringComparison.Ordinal))
            return stored with { Until = until };
        return stored.Until > now
            ? null
            : stored with { Owner = owner, Epoch = stored.Epoch + 1, Until = until };
    }

    /// <summary>The checkpoint after a move; null when epoch or position are not the expected ones.</summary>
    public static Checkpoint? Move(Checkpoint? stored, CheckpointMove move)
    {
        if (stored is null || stored.Epoch != move.Epoch || stored.Position != move.Expected)
            return null;
        return stored with { Position = move.Next, Until = move.Until };
    }
}
