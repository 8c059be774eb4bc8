namespace MallVip.Grains.Journal;

/// <summary>An entry as it stands in the journal. The fields it shares with <see cref="EntryDraft"/> mean the
/// same.</summary>
public sealed class JournalEntry
{
    /// <summary>The place in the journal, from 1 upwards.</summary>
    public required long Pos { get; init; }

    /// <summary>The place of the grain's previous entry; 0 before its first.</summary>
    public required long PrevPos { get; init; }

    /// <summary>Who wrote it: one number per silo (always 1 on SQLite).</summary>
    public required int Writer { get; init; }

    /// <summary>The writer's batch it was committed with, from 1 upwards.</summary>
    public required long Batch { get; init; }

    public required GrainKey Grain { get; init; }

    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public EventKey Key { get; init; }

    public UInt128? ContentHash { get; init; }

    public IReadOnlyList<EventKey> ExtraKeys { get; init; } = [];

    public string Actor { get; init; } = "";

    public string RulesVersion { get; init; } = "";

    public required Hash256 PrevHash { get; init; }

    /// <summary>The stored hash; the auditor compares it with
    /// <see cref="EntryHash.Compute(JournalEntry)"/>.</summary>
    public required Hash256 Hash { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }
}
