namespace MallVip.Grains.Journal;

/// <summary>The database's tables are not those that this build needs; the message says what to do.</summary>
public sealed class JournalSchemaException(string message) : JournalException(message);

/// <summary>An older transaction has been open for so long that readers cannot go on: what was committed
/// after it began has no settled order yet. Nothing is lost: try again.</summary>
[GenerateSerializer]
public sealed class JournalUnsettledException(TimeSpan waited)
    : JournalException($"Entries are committed, but a transaction older than theirs has been open for "
        + $"{waited.TotalSeconds:F0} s; readers wait for it. Find it in pg_stat_activity by the lowest "
        + "backend_xid.");

/// <summary>The database is no longer the one that this process wrote to: it failed over, was restored or was
/// moved. Nothing of the batch is written; what the process remembers of the journal is void.</summary>
[GenerateSerializer]
public sealed class JournalReplacedException(string message) : JournalException(message);
