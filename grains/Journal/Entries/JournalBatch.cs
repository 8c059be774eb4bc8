namespace MallVip.Grains.Journal;

/// <summary>Entries of many grains that become durable together or not at all.</summary>
public sealed class JournalBatch(int writer, long number, Hash256 root, IReadOnlyList<EntryDraft> entries)
{
    /// <summary>Who writes.</summary>
    public int Writer { get; } = writer;

    /// <summary>The writer's count of batches, from 1 without a gap.</summary>
    public long Number { get; } = number;

    /// <summary>The root over the entries, chained to the writer's previous one (see
    /// <see cref="BatchRoot"/>).</summary>
    public Hash256 Root { get; } = root;

    /// <summary>The entries in the order of their positions; each grain's in the order of their
    /// seq.</summary>
    public IReadOnlyList<EntryDraft> Entries { get; } = entries;
}
