using System.Globalization;
using MallVip.Grains.Intake;

namespace MallVip.Bench;

/// <summary>Bytes that a resident member costs, all told: grain, activation, state, key and proxy.</summary>
internal static class MemoryBench
{
    private const int EventsEach = 100;

    public static async Task RunAsync(TextWriter output, string[] args)
    {
        var members = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        await using var bed = await EngineBed.OpenAsync(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var options = new IntakeOptions { Actor = "bench", Run = new RunClock("memory") };
        await foreach (var answer in bed.Engine.Intake.AcceptAllAsync(Year(members), options, default))
        {
            if (answer.Status == EventStatus.Rejected)
                throw new InvalidOperationException($"Not accepted: {answer.Refusal}");
        }

        await bed.Engine.Set.Keys.FlushAsync();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {members:N0} members with {EventsEach} purchases in 365 days: "
            + $"{(after - before) / members:N0} bytes each (identity grain, key index and head directory "
                + $"included)"));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Year(int members)
    {
        await Task.Yield();
        var start = TimeProvider.System.GetUtcNow().AddDays(-365);
        for (var i = 0; i < EventsEach; i++)
        {
            var time = start.AddDays(i * 365.0 / EventsEach).ToString("O", CultureInfo.InvariantCulture);
            for (var member = 0; member < members; member++)
            {
                yield return System.Text.Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"specversion":"1.0","id":"{{member}}-{{i}}","source":"bench","type":"mall.purchase","subject":"{{EventMaker.Subject(member)}}","time":"{{time}}","data":{"receipt":"{{member}}-{{i}}","store":"beauty-hall","paid":"{{100 + i}}.50"} }"""));
            }
        }
    }
}
