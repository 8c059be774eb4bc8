using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>A lock by name that a session holds until it gives it up or has ended on the server. Each schema
/// has its own.</summary>
/// <param name="Kind">What is held.</param>
/// <param name="Which">Which of them; empty: there is one.</param>
internal sealed record AdvisoryLock(string Kind, string Which = "")
{
    /// <summary>The part in the database: shared by silos of a cluster, or of one process alone.</summary>
    public static readonly AdvisoryLock Sharing = new("sharing");

    private const string Key = "hashtextextended('mallvip/' || $1 || '/' || current_schema() || $2, 0)";

    private const string Held = $"""
        SELECT EXISTS (SELECT FROM pg_locks
          WHERE locktype = 'advisory' AND granted AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (classid::bigint << 32) | objid::bigint = {Key})
        """;

    /// <summary>Of a writer's number.</summary>
    public static AdvisoryLock OfWriter(int number) => new("writer", $"/{number}");

    /// <summary>Of the address at which a silo is reached.</summary>
    public static AdvisoryLock OfAddress(string address) => new("address", $"/{address}");

    /// <summary>Of work that one process does at a time.</summary>
    public static AdvisoryLock OfWork(string name) => new("work", $"/{name}");

    /// <summary>Takes it; waits a little for a session that is ending.</summary>
    /// <param name="session">Who is to hold it.</param>
    /// <param name="isShared">Others may hold it too, if they share it as well.</param>
    /// <param name="what">What it is, in words.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="JournalLockedException">Another session has it.</exception>
    public async Task TakeAsync(
        NpgsqlConnection session, bool isShared, string what, CancellationToken cancel)
    {
        try
        {
            await using var batch = new NpgsqlBatch(session);
            batch.Add("SET lock_timeout = '2s'");
            batch.Add($"SELECT pg_advisory_lock{(isShared ? "_shared" : "")}({Key})").With(Kind).With(Which);
            batch.Add("SET lock_timeout = 0");
            await batch.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new JournalLockedException(what, taken);
        }
    }

    /// <summary>Takes it at once, alone, or not at all.</summary>
    public async Task<bool> TryTakeAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Key})", session);
        return await command.With(Kind).With(Which).ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Gives it up, where it is held alone.</summary>
    public async Task ReleaseAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({Key})", session);
        await command.With(Kind).With(Which).ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Whether any session holds it now.</summary>
    public Task<bool> IsHeldAsync(PostgresQueries queries, CancellationToken cancel) => queries.FirstAsync(
        Held, command => command.With(Kind).With(Which), static row => row.GetBoolean(0), cancel);
}
