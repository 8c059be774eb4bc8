namespace MallVip.Grains.Journal;

/// <summary>Settings of a <see cref="SqliteJournal"/>.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>Entries between two head checkpoints: at most so many are read again at start (about 1 µs
    /// each). Default 500,000.</summary>
    public long HeadCheckpointEntries { get; init; } = 500_000;

    /// <summary>A write-ahead log beyond this size is emptied at the next housekeeping. Default 256
    /// MiB.</summary>
    public long MaxWalBytes { get; init; } = 256L << 20;
}
