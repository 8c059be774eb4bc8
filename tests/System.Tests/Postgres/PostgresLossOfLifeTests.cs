using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Postgres;

/// <summary>A real silo over a real PostgreSQL, under load.</summary>
public sealed class PostgresLossOfLifeTests(ITestOutputHelper output)
{
    [SiloFact]
    public async Task Every_acknowledged_event_survives_every_kill_of_the_silo_exactly_once()
    {
        var connection = await PostgresSilo.CreateAsync();
        var settings = PostgresSilo.Settings(connection);
        var (load, ready) = (new EventLoad(), new List<double>());
        for (var life = 0; life <= 2; life++)
        {
            await using var silo = await ServeAsync(settings, ready);
            if (life == 0)
                await load.RegisterAsync(silo.Http);
            if (life == 2)
                await load.FinishAsync(silo.Http);
            else
                await KillTests.KillUnderLoadAsync(silo, load, 700);
        }

        await JudgeAsync(connection, load, ready);
    }

    [SiloFact]
    public async Task A_silo_that_loses_its_connections_under_load_goes_on_and_no_event_is_lost_or_doubled()
    {
        var connection = await PostgresSilo.CreateAsync();
        var settings = PostgresSilo.Settings(connection);
        var (load, ready) = (new EventLoad(), new List<double>());
        await using (var silo = await ServeAsync(settings, ready))
        {
            await load.RegisterAsync(silo.Http);
            var running = load.RunAsync(silo.Http);
            for (var cut = 0; cut < 5; cut++)
            {
                var goal = load.AcknowledgedCount + 300;
                await Waiting.ForAsync(() => load.AcknowledgedCount >= goal || running.IsCompleted);
                Assert.False(running.IsCompleted, $"The silo went by itself: {silo.Said}");
                await PostgresCluster.CutAsync(connection);
            }

            await silo.KillAsync();
            await running.WaitAsync(EngineHost.Patience);
        }

        await using (var silo = await ServeAsync(settings, ready))
            await load.FinishAsync(silo.Http);
        await JudgeAsync(connection, load, ready);
    }

    [SiloFact]
    public async Task A_silo_whose_database_was_replaced_ends_by_itself_and_says_why()
    {
        var connection = await PostgresSilo.CreateAsync();
        var load = new EventLoad();
        await using var silo = await ServeAsync(PostgresSilo.Settings(connection), []);
        await load.RegisterAsync(silo.Http);
        await PostgresCluster.RunAsync(connection, "UPDATE journal_epoch SET epoch = epoch + 1");

        await load.RunAsync(silo.Http).WaitAsync(EngineHost.Patience);

        Assert.Equal(1, await silo.EndedAsync());
        Assert.Contains("the journal was restored or moved", silo.Said, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="settings">The same for each life: a silo comes back where it was.</param>
    private static async Task<SiloProcess> ServeAsync(
        Dictionary<string, string> settings, List<double> ready)
    {
        var silo = await SiloProcess.ServeAsync(null, environment: settings);
        ready.Add(silo.ReadyAfter.TotalMilliseconds);
        return silo;
    }

    private async Task JudgeAsync(string connection, EventLoad load, List<double> ready)
    {
        await using var journal = await PostgresJournalReader.OpenAsync(
            new PostgresOptions { ConnectionString = connection });
        await KillVerdict.JudgeAsync(journal, load, ready, output);
    }
}
