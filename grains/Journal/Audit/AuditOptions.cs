namespace MallVip.Grains.Journal;

/// <summary>Settings of a <see cref="JournalAudit"/>.</summary>
public sealed record AuditOptions
{
    /// <summary>Roots exported earlier, to be found again. Default: none.</summary>
    public JournalAnchor? Anchor { get; init; }

    /// <summary>Called with every entry, in the journal's order, whether it is in order or not. Default:
    /// none.</summary>
    public Action<JournalEntry>? Visit { get; init; }

    /// <summary>Problems told apart; more are only counted. Default 100.</summary>
    public int MaxProblems { get; init; } = 100;

    /// <summary>Entries whose keys are compared in one pass through the journal (24 bytes a key, one or two
    /// an entry); a longer journal is read several times. Default 8,000,000.</summary>
    public long KeysPerPass { get; init; } = 8_000_000;
}
