using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;

namespace MallVip.System.Tests.Engine;

/// <summary>What should never fail, fails: that line says so, and the others go on.</summary>
public sealed class BrokenLineTests
{
    [Fact]
    public async Task A_fault_in_one_line_of_a_stream_leaves_the_others_alone()
    {
        await using var host = await EngineHost.StartAsync(new Unreadable(), new ManualTime());
        await host.RegisterAsync(1);
        await host.RegisterAsync(2);
        await host.BuyAsync("known", 1, 5);
        byte[][] lines =
        [
            Till.Purchase("a", Till.Phone(2), 5, host.Now),
            Till.Purchase("known", Till.Phone(1), 5, host.Now),
            Till.Purchase("b", Till.Phone(2), 5, host.Now),
        ];

        var answers = new List<EventAnswer>();
        await foreach (var answer in host.Engine.Intake.AcceptAllAsync(
            Streamed(lines), new() { Actor = "test" }, default))
            answers.Add(answer);

        Assert.Equal(
            [null, "internal_error", null], answers.Select(answer => answer.Refusal?.Code));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Streamed(byte[][] lines)
    {
        await Task.Yield();
        foreach (var line in lines)
            yield return line;
    }

    /// <summary>
    /// A journal whose entries cannot be read by their place: repeats find no first answer.
    /// </summary>
    private sealed class Unreadable() : ForwardingJournal(new MemoryJournal())
    {
        public override ValueTask<JournalEntry?> ReadAtAsync(long pos, CancellationToken cancel = default) =>
            throw new InvalidOperationException("This place cannot be read.");
    }
}
