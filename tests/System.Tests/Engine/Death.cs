using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;

namespace MallVip.System.Tests.Engine;

/// <summary>Silos that die.</summary>
internal static class Death
{
    /// <summary>A crash before and after each of so many steps.</summary>
    public static TheoryData<int, bool> Steps(int count)
    {
        var steps = new TheoryData<int, bool>();
        for (var step = 0; step < count; step++)
        {
            steps.Add(step, false);
            steps.Add(step, true);
        }

        return steps;
    }

    /// <summary>A silo with the test programme and no timers; see the other.</summary>
    public static Task<(MemoryJournal Journal, ManualTime Time)> OfAsync(
        int step, bool isWritten, Func<EngineHost, Task> prepare, Func<EngineHost, Task> call) => OfAsync(
        static (journal, time) => EngineHost.StartAsync(journal, time), step, isWritten, prepare, call);

    /// <summary>What a silo leaves that dies at a step of a call, and of what follows it.</summary>
    /// <param name="step">A batch of the journal, counted from 0.</param>
    /// <param name="isWritten">Whether the step's entry is durable.</param>
    /// <param name="prepare">What is durable before.</param>
    public static async Task<(MemoryJournal Journal, ManualTime Time)> OfAsync(
        Func<IJournal, ManualTime, Task<EngineHost>> start, int step, bool isWritten,
        Func<EngineHost, Task> prepare, Func<EngineHost, Task> call)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        await using var host = await start(mortal, time);
        await prepare(host);
        mortal.DieAt(step, isWritten);
        await Record.ExceptionAsync(() => call(host));
        await Waiting.ForAsync(() =>
        {
            if (!mortal.IsDead)
                time.Advance(TimeSpan.FromSeconds(1));
            return mortal.IsDead;
        });
        return (journal, time);
    }
}
