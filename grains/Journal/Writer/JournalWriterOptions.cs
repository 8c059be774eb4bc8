namespace MallVip.Grains.Journal;

/// <summary>Bounds of a <see cref="JournalWriter"/>.</summary>
public sealed record JournalWriterOptions
{
    /// <summary>Most entries in one batch. Default 2,048.</summary>
    public int MaxBatchEntries { get; init; } = 2_048;

    /// <summary>Most bytes of bodies in one batch; a single larger entry goes alone. Default 8 MiB.</summary>
    public long MaxBatchBytes { get; init; } = 8L << 20;

    /// <summary>Most entries waiting; beyond it <see cref="JournalOverloadedException"/>. Default
    /// 65,536.</summary>
    public int MaxQueuedEntries { get; init; } = 65_536;

    /// <summary>Most bytes of bodies waiting. Default 128 MiB.</summary>
    public long MaxQueuedBytes { get; init; } = 128L << 20;

    /// <summary>How long after a commit of unknown outcome the store is asked again. Default 250
    /// ms.</summary>
    public TimeSpan ResolveInterval { get; init; } = TimeSpan.FromMilliseconds(250);
}
