using MallVip.Grains.Background;
using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// A session that holds the lock of work that one process does at a time. It says from time to time that it
/// is there: one that stands still loses it, so that another process can go on.
/// </summary>
internal sealed class WorkSession : IAsyncDisposable
{
    private const string EndWhenStill = "SET idle_session_timeout = '15s'";

    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(3);

    private readonly NpgsqlConnection _connection;
    private readonly AdvisoryLock _work;
    private readonly BackgroundWork _sign = new();
    private bool _isTaken;

    private WorkSession(NpgsqlConnection connection, AdvisoryLock work) =>
        (_connection, _work) = (connection, work);

    /// <summary>Null: another session has it.</summary>
    /// <param name="source">Where from; not pooled, so that a closed session ends on the server too.</param>
    /// <param name="name">What work.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<WorkSession?> TryTakeAsync(
        NpgsqlDataSource source, string name, CancellationToken cancel)
    {
        var session = new WorkSession(await source.OpenConnectionAsync(cancel), AdvisoryLock.OfWork(name));
        try
        {
            await session.RunAsync(EndWhenStill, cancel);
            session._isTaken = await session._work.TryTakeAsync(session._connection, cancel);
            if (session._isTaken)
                session._sign.Start(session.SayAsync);
            return session._isTaken ? session : null;
        }
        finally
        {
            if (!session._isTaken)
                await session.DisposeAsync();
        }
    }

    /// <summary>Gives the lock up by its word: a session that is only closed keeps it until the server
    /// noticed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sign.DisposeAsync();
        try
        {
            if (_isTaken)
                await _work.ReleaseAsync(_connection, default);
        }
        catch (Exception lost) when (WriteSession.IsLost(lost))
        {
            // The server ends what it has lost by itself.
        }

        await _connection.DisposeAsync();
    }

    private async Task SayAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(SayEvery, TimeProvider.System, _sign.Stopping);
                await RunAsync("SELECT", _sign.Stopping);
            }
        }
        catch (Exception lost) when (WriteSession.IsLost(lost))
        {
            // Another may have taken it by now: what it does twice is as good as done once.
        }
    }

    private async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
