using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// Hears when a commit gave up waiting for the synchronous standby. PostgreSQL answers such a commit with
/// success and a warning, whether an administrator or our own time-out has cancelled it: what it wrote may be
/// on one machine only.
/// </summary>
internal sealed class CommitWatch : IDisposable
{
    // Where PostgreSQL's warning comes from (src/backend/replication/syncrep.c); the message is translated.
    private const string Routine = "SyncRepWaitForLSN";

    private readonly NpgsqlConnection _connection;
    private volatile bool _gaveUp;

    public CommitWatch(NpgsqlConnection connection)
    {
        _connection = connection;
        connection.Notice += Hear;
    }

    /// <summary>Called after a commit.</summary>
    /// <exception cref="JournalUnreachableException">It is not known to be on the standby.</exception>
    public void Confirm()
    {
        if (!_gaveUp)
            return;
        _gaveUp = false;
        throw new JournalUnreachableException(
            "The synchronous standby did not confirm in time; until it does nothing is answered as written. "
            + "Look at pg_stat_replication and synchronous_standby_names.");
    }

    public void Dispose() => _connection.Notice -= Hear;

    private void Hear(object sender, NpgsqlNoticeEventArgs heard) =>
        _gaveUp |= string.Equals(heard.Notice.Routine, Routine, StringComparison.Ordinal);
}
