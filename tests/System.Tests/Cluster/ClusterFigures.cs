using System.Globalization;
using MallVip.Grains.Journal;
using MallVip.System.Tests.Crash;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Cluster;

/// <summary>What a failure cost: holds the answers against the journal and prints the figures.</summary>
internal static class ClusterFigures
{
    /// <summary>Prints one row per phase; a phase lasts from its instant to that of the next, and has the
    /// events that were answered in it.</summary>
    public static void Print(
        ClusterLoad load, ITestOutputHelper output, params (string Phase, TimeSpan From)[] phases)
    {
        var answers = load.Answers.Where(answer => answer.Id[0] == 'e')
            .OrderBy(answer => answer.At).ToArray();
        var gap = answers.Zip(answers.Skip(1), (one, next) => next.At - one.At).DefaultIfEmpty().Max();
        for (var i = 0; i < phases.Length; i++)
        {
            var until = i + 1 < phases.Length ? phases[i + 1].From : TimeSpan.MaxValue;
            var times = answers.Where(answer => answer.At >= phases[i].From && answer.At < until)
                .Select(answer => answer.Milliseconds).Order().ToArray();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{phases[i].Phase,-8} {times.Length,7:N0} events  p50 {At(times, 0.5),8:F1} ms  "
                + $"p99 {At(times, 0.99),8:F1} ms  longest {At(times, 1),8:F0} ms"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"longest gap between two answers of the cluster {gap.TotalMilliseconds:F0} ms; "
            + $"{answers.Count(answer => answer.Tries > 1)} events were sent more than once"));
    }

    /// <summary>Every acknowledged event stands in the journal once, and all adds up.</summary>
    /// <param name="earlier">Events that were acknowledged to another load.</param>
    public static async Task JudgeAsync(
        ClusterLoad load, string connection, ITestOutputHelper output, params string[] earlier)
    {
        await using var journal = await PostgresJournalReader.OpenAsync(
            new PostgresOptions { ConnectionString = connection });
        string[] ids = [.. earlier, .. load.Answers.Select(answer => answer.Id)];
        await KillVerdict.JudgeAsync(journal, ids, output);
        Assert.Empty(load.Faults);
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)];
}
