namespace MallVip.Grains.Journal;

/// <summary>Settings of a <see cref="KeyIndex"/>.</summary>
public sealed record KeyIndexOptions
{
    /// <summary>The reader that fills the index.</summary>
    public static readonly ReaderId Reader = new("keys", CheckpointHome.Index);

    /// <summary>Entries between two writes of the index. Their keys are held in memory (about 100 bytes each)
    /// and read again at start. Default 65,536.</summary>
    public int FlushEntries { get; init; } = 65_536;

    /// <summary>Entries read in one short transaction. Default 4,096.</summary>
    public int PageEntries { get; init; } = 4_096;

    /// <summary>Who holds the reader's lease: one name per process. Default <c>local</c>.</summary>
    public string Owner { get; init; } = "local";

    /// <summary>The defaults; on a shared journal with a name that no other process has.</summary>
    public static KeyIndexOptions For(IJournal journal) =>
        journal.IsShared ? new() { Owner = Guid.NewGuid().ToString("N") } : new();
}
