using System.Globalization;
using MallVip.Grains.Intake;

namespace MallVip.Bench;

/// <summary>Bytes that a resident member costs, all told: grain, activation, state, key and proxy.</summary>
internal static class MemoryBench
{
    private const int EventsEach = 100;

    /// <summary>
    /// Measured as a slope: what twice as many more members add, so that fixed costs fall out.
    /// </summary>
    public static async Task RunAsync(TextWriter output, string[] args)
    {
        var members = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 4_000;
        await using var bed = await EngineBed.OpenAsync(1);
        await FillAsync(bed, 0, members);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await FillAsync(bed, members, members * 2);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {EventsEach} purchases in 365 days each: {(after - before) / (members * 2):N0} bytes a "
            + $"member, "
            + $"with its identity's grain and its share of key index and head directory"));
    }

    private static async Task FillAsync(EngineBed bed, int first, int count)
    {
        var options = new IntakeOptions { Actor = "bench", Run = new RunClock($"memory-{first}") };
        await foreach (var answer in bed.Engine.Intake.AcceptAllAsync(Year(first, count), options, default))
        {
            if (answer.Status == EventStatus.Rejected)
                throw new InvalidOperationException($"Not accepted: {answer.Refusal}");
        }

        await bed.Engine.Set.Keys.FlushAsync();
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Year(int first, int count)
    {
        await Task.Yield();
        var start = TimeProvider.System.GetUtcNow().AddDays(-365);
        for (var i = 0; i < EventsEach; i++)
        {
            var time = start.AddDays(i * 365.0 / EventsEach).ToString("O", CultureInfo.InvariantCulture);
            for (var member = first; member < first + count; member++)
            {
                yield return System.Text.Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"specversion":"1.0","id":"{{member}}-{{i}}","source":"bench","type":"mall.purchase","subject":"{{EventMaker.Subject(member)}}","time":"{{time}}","data":{"receipt":"{{member}}-{{i}}","store":"beauty-hall","paid":"{{100 + i}}.50"} }"""));
            }
        }
    }
}
