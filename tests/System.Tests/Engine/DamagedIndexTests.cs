using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;

namespace MallVip.System.Tests.Engine;

/// <summary>The engine while the index beside its journal is damaged.</summary>
public sealed class DamagedIndexTests
{
    private int _refused;

    [Fact]
    public async Task A_damaged_index_lets_no_repeat_count_twice_and_mends_itself_while_the_silo_runs()
    {
        using var folder = new TempFolder();
        await using var host = await EngineHost.StartAsync(SqliteJournal.Open(folder.Path), new ManualTime());
        var member = await host.RegisterAsync(1);
        await Task.WhenAll(Enumerable.Range(1, 500).Select(i => host.BuyAsync($"p{i}", 1, 1)));
        await host.Engine.Set.Keys.FlushAsync();
        Damage(folder.File("index.db"));

        var (known, fresh) = (0, 0);
        for (var i = 1; i <= 500; i++)
            known += await UntilAnsweredAsync(host, $"p{i}") == EventStatus.Duplicate ? 1 : 0;
        for (var i = 501; i <= 520; i++)
            fresh += await UntilAnsweredAsync(host, $"p{i}") == EventStatus.Accepted ? 1 : 0;

        Assert.Equal((500, 20), (known, fresh));
        Assert.NotEqual(0, _refused);
        Assert.Null(host.Engine.Set.Keys.Trouble);
        Assert.Equal(520, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    /// <summary>Sends as a till does: again while it is told to try again.</summary>
    private async Task<EventStatus> UntilAnsweredAsync(EngineHost host, string id)
    {
        EventAnswer answer;
        var started = TimeProvider.System.GetTimestamp();
        do
        {
            answer = await host.BuyAsync(id, 1, 1);
            Assert.True(answer.Refusal?.Code is null or "try_again", answer.Refusal?.Detail);
            _refused += answer.Refusal is null ? 0 : 1;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < EngineHost.Patience);
        }
        while (answer.Refusal is not null);
        return answer.Status;
    }

    /// <summary>All but the first page becomes noise, in the file and in its log.</summary>
    private static void Damage(string path)
    {
        foreach (var file in (string[])[path, path + "-wal"])
        {
            using var bytes = File.Open(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            var noise = new byte[Math.Max(0, bytes.Length - 8_192)];
            new Random(1).NextBytes(noise);
            bytes.Position = 8_192;
            bytes.Write(noise);
        }
    }
}
