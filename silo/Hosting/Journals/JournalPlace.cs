using MallVip.Grains.Hosting;
using MallVip.Grains.Journal;

namespace MallVip.Silo.Hosting.Journals;

/// <summary>Where a journal is kept, in words an operator knows: its text names the folder or the database,
/// never a password.</summary>
public abstract class JournalPlace
{
    /// <summary>Whether there is certainly no journal yet, as far as that is known without opening
    /// it.</summary>
    public abstract bool IsUnused { get; }

    /// <summary>The connection string of its database; null: it is in none.</summary>
    public virtual string? Database => null;

    /// <summary>Opens it for writing, with its server key.</summary>
    /// <param name="seat">The place in the cluster whose silos write to it too; null: others are
    /// refused.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="JournalException">Locked, too new, unreachable, or the key is missing or
    /// wrong.</exception>
    public abstract ValueTask<(IJournal Journal, ServerKey Key)> OpenAsync(
        ClusterSeat? seat = null, CancellationToken cancellation = default);

    /// <summary>Opens it for reading beside a running silo.</summary>
    /// <exception cref="JournalException">It is no journal of this build, or unreachable.</exception>
    /// <exception cref="IOException">There is none.</exception>
    public abstract ValueTask<IJournalReader> OpenReaderAsync(CancellationToken cancellation = default);

    /// <summary>The server key; null when it is not here.</summary>
    /// <exception cref="ServerKeyException">What is here is no key.</exception>
    public abstract ServerKey? LoadKey();
}
