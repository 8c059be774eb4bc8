using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// How a session takes its part in a database that silos share: those of one cluster only, each under the
/// address at which the others reach it.
/// </summary>
internal static class SharedPart
{
    /// <summary>The setting that names the cluster.</summary>
    private const string Setting = "cluster";

    private const string Name = "SELECT value FROM meta WHERE name = $1";

    private const string NameFirst =
        "INSERT INTO meta(name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";

    private const string Rename = "UPDATE meta SET value = $2 WHERE name = $1";

    /// <exception cref="JournalLockedException">One process has the database for itself.</exception>
    /// <exception cref="JournalOfAnotherClusterException">Silos of another cluster have it.</exception>
    public static async Task TakeAsync(
        NpgsqlConnection session, PostgresOptions options, string what, CancellationToken cancel)
    {
        if (options.Cluster is { } cluster && await NameAsync(session, cluster, cancel) is { } other)
            await SucceedAsync(session, cluster, other, cancel);
        await AdvisoryLock.Sharing.TakeAsync(session, isShared: true, what, cancel);
        // Nobody changes it while anybody has a part.
        if (options.Cluster is { } own && await NameAsync(session, own, cancel) is { } taken)
            throw new JournalOfAnotherClusterException(session.Database, taken, own);
        if (options.Address is { } address)
            await AdvisoryLock.OfAddress(address).TakeAsync(session, isShared: true, what, cancel);
    }

    /// <summary>Null: it is the session's own, or nobody had named one.</summary>
    private static async Task<string?> NameAsync(
        NpgsqlConnection session, string own, CancellationToken cancel)
    {
        await RunAsync(session, NameFirst, own, cancel);
        await using var command = new NpgsqlCommand(Name, session);
        var named = (string)(await command.With(Setting).ExecuteScalarAsync(cancel))!;
        return string.Equals(named, own, StringComparison.Ordinal) ? null : named;
    }

    /// <summary>Another cluster had it: it may be renamed while nobody has a part.</summary>
    private static async Task SucceedAsync(
        NpgsqlConnection session, string own, string other, CancellationToken cancel)
    {
        try
        {
            await AdvisoryLock.Sharing.TakeAsync(session, isShared: false, other, cancel);
        }
        catch (JournalLockedException)
        {
            // Or a silo of this cluster has done it just now.
            if (await NameAsync(session, own, cancel) is { } still)
                throw new JournalOfAnotherClusterException(session.Database, still, own);
            return;
        }

        await RunAsync(session, Rename, own, cancel);
        await AdvisoryLock.Sharing.ReleaseAsync(session, cancel);
    }

    private static async Task RunAsync(
        NpgsqlConnection session, string sql, string own, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.With(Setting).With(own).ExecuteNonQueryAsync(cancel);
    }
}
