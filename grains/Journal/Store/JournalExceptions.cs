namespace MallVip.Grains.Journal;

/// <summary>What goes wrong with a journal. Each kind has its own type; the message is for the operator's
/// log.</summary>
[GenerateSerializer]
public abstract class JournalException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A batch was refused whole: the named grains' entries are not the next ones.</summary>
public sealed class JournalConflictException(IReadOnlyList<GrainKey> grains)
    : JournalException($"Entries of {grains.Count} grains do not follow their newest ones "
        + $"(first: {grains[0]}).")
{
    /// <summary>The grains to drop from the batch.</summary>
    public IReadOnlyList<GrainKey> Grains { get; } = grains;
}

/// <summary>An entry was not written, or it is not known whether it was. Reload the grain and try again: the
/// idempotency key makes that safe.</summary>
[GenerateSerializer]
public sealed class AppendFailedException(
    AppendFailure reason, GrainKey grain, string message, Exception? inner = null)
    : JournalException(message, inner)
{
    /// <summary>Why.</summary>
    [Id(0)]
    public AppendFailure Reason { get; } = reason;

    /// <summary>The grain whose entry it was.</summary>
    [Id(1)]
    public GrainKey Grain { get; } = grain;

    /// <summary>Always true: the caller may try again through the grain factory.</summary>
    public bool IsRetriable => true;
}

/// <summary>Why an append failed.</summary>
public enum AppendFailure
{
    /// <summary>The store failed and nothing was written.</summary>
    StoreFailed,

    /// <summary>The store failed and cannot say yet whether the batch was written.</summary>
    OutcomeUnknown,

    /// <summary>An earlier entry of the same grain failed, so what was decided on top of it is
    /// void.</summary>
    PredecessorFailed,

    /// <summary>The entry does not follow the grain's newest one (gap, repeat or another hash).</summary>
    OutOfOrder,

    /// <summary>The writer is closed.</summary>
    Closed,
}

/// <summary>The writer's queue is full: nothing was taken. Try again after
/// <see cref="RetryAfter"/>.</summary>
[GenerateSerializer]
public sealed class JournalOverloadedException(TimeSpan retryAfter)
    : JournalException($"The journal's queue is full; try again in {retryAfter.TotalMilliseconds:F0} ms.")
{
    /// <summary>When the queue is expected to have room, at the rate of the last batches.</summary>
    [Id(0)]
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>Another process has the journal open.</summary>
public sealed class JournalLockedException(string path, Exception? inner)
    : JournalException($"Another process has the journal open (it holds {path}).", inner);

/// <summary>Silos of another cluster write to the database, and know nothing of this one's.</summary>
/// <param name="database">Its name.</param>
/// <param name="cluster">The cluster that has it.</param>
/// <param name="asked">The cluster that wants it.</param>
public sealed class JournalOfAnotherClusterException(string database, string cluster, string asked)
    : JournalException($"Silos of cluster '{cluster}' use database '{database}'; this one is of '{asked}'. "
        + "Give all silos of a database one ClusterId.")
{
    public string Database { get; } = database;

    public string Cluster { get; } = cluster;

    public string Asked { get; } = asked;
}

/// <summary>The journal was written by a newer build.</summary>
public sealed class JournalTooNewException(int found, int known)
    : JournalException($"The journal has schema {found}; this build knows schemas up to {known}. "
        + "Use a newer build.")
{
    /// <summary>The journal's schema.</summary>
    public int Found { get; } = found;
}

/// <summary>The server key is missing, malformed or not the one the journal was opened with.</summary>
public sealed class ServerKeyException(string message, Exception? inner = null)
    : JournalException(message, inner);

/// <summary>The index beside the journal was found damaged and is made anew; whether a key was ever written
/// cannot be told until then. Nothing is lost: try again.</summary>
[GenerateSerializer]
public sealed class IndexRebuildingException(string message, Exception? inner = null)
    : JournalException(message, inner);

/// <summary>A file holds what no build of MallVip writes there.</summary>
[GenerateSerializer]
public sealed class JournalDamagedException(string message, Exception? inner = null)
    : JournalException(message, inner);
