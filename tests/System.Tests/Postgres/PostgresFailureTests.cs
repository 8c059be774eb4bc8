using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Postgres;

/// <summary>
/// A real silo over a PostgreSQL of its own that is restarted, replaced or cut off, under load. Each tells
/// how long events took before, while and after, and the longest time without any.
/// </summary>
public sealed class PostgresFailureTests(ITestOutputHelper output)
{
    private const int Some = 500;

    private readonly EventLoad _load = new();
    private readonly List<double> _ready = [];

    [PostgresTheory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public Task A_silo_goes_on_when_its_database_was_restarted(string mode) => GoesOnAsync(
        $"restart -m {mode}", (server, _) => server.RestartAsync(mode));

    [PostgresFact]
    public async Task A_silo_whose_synchronous_standby_takes_over_ends_and_the_next_finds_all_it_answered()
    {
        await using var server = await MigratedAsync();
        await server.AddSynchronousStandbyAsync();
        var anyone = server.Connection(orStandby: true);
        await using (var silo = await ServeAsync(anyone))
        {
            var running = await RunAsync(silo);
            _load.Trace.Begin("fail-over");
            await server.FailOverAsync();
            Assert.Equal(1, await silo.EndedAsync());
            Assert.Contains("timeline", silo.Said, StringComparison.Ordinal);
            await running.WaitAsync(EngineHost.Patience);
        }

        await FinishAsync(anyone);
    }

    [PostgresFact]
    public Task A_silo_that_stood_still_until_its_sessions_had_ended_goes_on() => GoesOnAsync(
        "paused", static async (server, silo) =>
        {
            await silo.PauseAsync();
            await server.CutAsync();
            await silo.ResumeAsync();
        });

    [PostgresFact]
    public async Task A_silo_that_stood_still_while_another_took_its_place_writes_nothing_more_and_ends()
    {
        await using var server = await MigratedAsync();
        await using (var paused = await ServeAsync(server.Connection()))
        {
            var running = await RunAsync(paused);
            _load.Trace.Begin("paused");
            await paused.PauseAsync();
            await server.CutAsync();
            await using var next = await ServeAsync(server.Connection());
            var onNext = _load.RunAsync(next.Http);
            await AcknowledgedAsync(next, onNext, Some);
            _load.Trace.Begin("resumed");
            await paused.ResumeAsync();
            Assert.Equal(1, await paused.EndedAsync());
            Assert.Contains("another process has", paused.Said, StringComparison.Ordinal);
            await running.WaitAsync(EngineHost.Patience);
            _load.Trace.Begin("after");
            await AcknowledgedAsync(next, onNext, Some);
            await next.KillAsync();
            await onNext.WaitAsync(EngineHost.Patience);
        }

        await FinishAsync(server.Connection());
    }

    /// <summary>Trouble under load, after which the silo serves again by itself.</summary>
    private async Task GoesOnAsync(string name, Func<OwnPostgres, SiloProcess, Task> trouble)
    {
        await using var server = await MigratedAsync();
        await using (var silo = await ServeAsync(server.Connection()))
        {
            var running = await RunAsync(silo);
            _load.Trace.Begin(name);
            await trouble(server, silo);
            await AcknowledgedAsync(silo, running, 1);
            _load.Trace.Begin("after");
            await AcknowledgedAsync(silo, running, Some);
            await silo.KillAsync();
            await running.WaitAsync(EngineHost.Patience);
        }

        await FinishAsync(server.Connection());
    }

    private static async Task<OwnPostgres> MigratedAsync()
    {
        var server = await OwnPostgres.StartAsync();
        await Migrator.ApplyAsync(server.Connection());
        return server;
    }

    private async Task<SiloProcess> ServeAsync(string connection)
    {
        var silo = await SiloProcess.ServeAsync(null, environment: PostgresSilo.Settings(connection));
        _ready.Add(silo.ReadyAfter.TotalMilliseconds);
        return silo;
    }

    /// <summary>Members, then tills that go on until the silo dies; returns when some were served.</summary>
    private async Task<Task> RunAsync(SiloProcess silo)
    {
        await _load.RegisterAsync(silo.Http);
        _load.Trace.Begin("before");
        var running = _load.RunAsync(silo.Http);
        await AcknowledgedAsync(silo, running, Some);
        return running;
    }

    private async Task AcknowledgedAsync(SiloProcess silo, Task running, int more)
    {
        var goal = _load.AcknowledgedCount + more;
        await Waiting.ForAsync(() => _load.AcknowledgedCount >= goal || running.IsCompleted);
        Assert.False(running.IsCompleted, $"The silo went by itself: {silo.Said}");
    }

    private async Task FinishAsync(string connection)
    {
        await using (var silo = await ServeAsync(connection))
        {
            _load.Trace.Begin("next start");
            await _load.FinishAsync(silo.Http);
        }

        _load.Trace.Write(output);
        await using var journal = await PostgresJournalReader.OpenAsync(
            new PostgresOptions { ConnectionString = connection });
        await KillVerdict.JudgeAsync(journal, _load, _ready, output);
    }
}
