using System.Globalization;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Silo.Verify;
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

        await JudgeAsync(folder.Path, load, ready);
    }

    private static async Task KillUnderLoadAsync(SiloProcess silo, EventLoad load, int after)
    {
        var goal = load.AcknowledgedCount + after;
        var running = load.RunAsync(silo.Http);
        await Waiting.ForAsync(() => load.AcknowledgedCount >= goal || running.IsCompleted);
        Assert.False(running.IsCompleted, $"The silo went by itself: {silo.Said}");
        await silo.KillAsync();
        await running.WaitAsync(EngineHost.Patience);
    }

    private async Task JudgeAsync(string data, EventLoad load, List<double> ready)
    {
        await using var journal = SqliteJournalReader.Open(data);
        var written = await KeysAsync(journal);
        var counts = load.Acknowledged
            .Select(id => written.GetValueOrDefault(EventKey.ForEvent("till", id))).ToArray();
        var (lost, doubled) = (counts.Count(times => times == 0), counts.Count(times => times > 1));
        ready.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ready.Count - 1} kills, {counts.Length} acknowledged, {lost} lost, {doubled} doubled; " +
            $"ready p50 {ready[ready.Count / 2]:F0} ms, max {ready[^1]:F0} ms"));
        var audit = await Auditor.RunAsync(journal, null, default);
        using var text = new StringWriter();
        VerifyCommand.Write(audit, text);

        Assert.Equal((0, 0), (lost, doubled));
        Assert.DoesNotContain(written, pair => pair.Value > 1);
        Assert.Equal(load.Sent + 300, counts.Length);
        Assert.Empty(load.Faults);
        Assert.True(audit.IsClean, text.ToString());
    }

    /// <summary>How often each event key stands in the journal.</summary>
    private static async Task<Dictionary<EventKey, int>> KeysAsync(SqliteJournalReader journal)
    {
        var written = new Dictionary<EventKey, int>();
        var after = TailPosition.Start;
        while (await journal.TailAsync(after, 1_000) is { Entries.Count: > 0 } page)
        {
            foreach (var entry in page.Entries.Where(entry => !entry.Key.IsNone))
                written[entry.Key] = written.GetValueOrDefault(entry.Key) + 1;
            after = page.Next;
        }

        return written;
    }
}
