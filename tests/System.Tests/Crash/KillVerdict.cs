using System.Globalization;
using MallVip.Grains.Journal;
using MallVip.Silo.Verify;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Crash;

/// <summary>Holds what a load was told against what stands in the journal.</summary>
internal static class KillVerdict
{
    public static async Task JudgeAsync(
        IJournalReader journal, EventLoad load, List<double> ready, ITestOutputHelper output)
    {
        ready.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ready.Count - 1} kills; ready p50 {ready[ready.Count / 2]:F0} ms, max {ready[^1]:F0} ms"));
        await JudgeAsync(journal, load.Acknowledged, output);
        Assert.Equal(load.Sent + 300, load.Acknowledged.Count);
        Assert.Empty(load.Faults);
    }

    /// <summary>Every acknowledged event stands in the journal once, and all adds up.</summary>
    public static async Task JudgeAsync(
        IJournalReader journal, ICollection<string> acknowledged, ITestOutputHelper output)
    {
        var written = await KeysAsync(journal);
        var counts = acknowledged
            .Select(id => written.GetValueOrDefault(EventKey.ForEvent("till", id))).ToArray();
        var (lost, doubled) = (counts.Count(times => times == 0), counts.Count(times => times > 1));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Length:N0} acknowledged, {lost} lost, {doubled} doubled"));
        var audit = await Auditor.RunAsync(journal, null, default);
        using var text = new StringWriter();
        VerifyCommand.Write(audit, text);

        Assert.Equal((0, 0), (lost, doubled));
        Assert.DoesNotContain(written, pair => pair.Value > 1);
        Assert.True(audit.IsClean, text.ToString());
    }

    /// <summary>How often each event key stands in the journal.</summary>
    private static async Task<Dictionary<EventKey, int>> KeysAsync(IJournalReader journal)
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
