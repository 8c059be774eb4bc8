using System.Globalization;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.System.Tests.Engine;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Crash;

/// <summary>
/// A real silo under load, killed with SIGKILL at random moments and started again. <c>MALLVIP_KILLS=N</c>
/// kills N times in place of 3; <c>MALLVIP_KILL_SEED=S</c> chooses other moments.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_acknowledged_event_survives_every_kill_exactly_once()
    {
        var random = new Random(Setting.Number("MALLVIP_KILL_SEED", 1));
        var kills = Setting.Number("MALLVIP_KILLS", 3);
        using var folder = new TempFolder();
        var (load, ready) = (new EventLoad(), new List<double>());
        for (var life = 0; life <= kills; life++)
        {
            await using var silo = await SiloProcess.ServeAsync(folder.Path);
            ready.Add(silo.ReadyAfter.TotalMilliseconds);
            if (life == 0)
                await load.RegisterAsync(silo.Http);
            if (life == kills)
                await load.FinishAsync(silo.Http);
            else
                await KillUnderLoadAsync(silo, load, random.Next(1, 3_000));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"life {life}: ready after {ready[^1]:F0} ms, {load.AcknowledgedCount} acknowledged"));
        }

        await using var journal = SqliteJournalReader.Open(folder.Path);
        await KillVerdict.JudgeAsync(journal, load, ready, output);
    }

    internal static async Task KillUnderLoadAsync(SiloProcess silo, EventLoad load, int after)
    {
        var goal = load.AcknowledgedCount + after;
        var running = load.RunAsync(silo.Http);
        await Waiting.ForAsync(() => load.AcknowledgedCount >= goal || running.IsCompleted);
        Assert.False(running.IsCompleted, $"The silo went by itself: {silo.Said}");
        await silo.KillAsync();
        await running.WaitAsync(EngineHost.Patience);
    }
}
