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
    private readonly BackgroundWork _sign = new();

    private WorkSession(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Null: another session has it.</summary>
    /// <param name="source">Where from; not pooled, so that a closed session has given its lock up.</param>
    /// <param name="name">What work.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<WorkSession?> TryTakeAsync(
        NpgsqlDataSource source, string name, CancellationToken cancel)
    {
        var session = new WorkSession(await source.OpenConnectionAsync(cancel));
        var isTaken = false;
        try
        {
            await session.RunAsync(EndWhenStill, cancel);
            isTaken = await AdvisoryLock.OfWork(name).TryTakeAsync(session._connection, cancel);
            if (isTaken)
                session._sign.Start(session.SayAsync);
            return isTaken ? session : null;
        }
        finally
        {
            if (!isTaken)
                await session.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sign.DisposeAsync();
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
        catch (Exception lost) when (lost is NpgsqlException or IOException)
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
