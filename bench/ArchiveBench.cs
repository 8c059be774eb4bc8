using System.Diagnostics;
using System.Globalization;

namespace MallVip.Bench;

/// <summary>
/// What the archive is worth: two journals with the same entries on one PostgreSQL, one all hot, the other
/// with all but the newest tenth archived; batches into both and reads from both, in turns.
/// </summary>
internal static class ArchiveBench
{
    private const int Rounds = 7;
    private const int Batches = 200;
    private const int Reads = 500;
    private const int MovedAtOnce = 5_000;

    /// <param name="connection">Whose user may make schemas.</param>
    /// <param name="rows">Entries of each journal.</param>
    /// <param name="output">Takes the figures.</param>
    public static async Task RunAsync(string connection, int rows, TextWriter output)
    {
        await using var hot = await ArchiveBed.CreateAsync(connection, "mallvip_bench_hot");
        await using var split = await ArchiveBed.CreateAsync(connection, "mallvip_bench_split");
        foreach (var bed in (ArchiveBed[])[hot, split])
        {
            var filling = Stopwatch.StartNew();
            await bed.AppendAsync(rows / 2_048, 2_048);
            Print(output, $"{bed.Name}: {rows / filling.Elapsed.TotalSeconds:N0} rows/s while it was filled");
        }

        var watch = Stopwatch.StartNew();
        var moved = 0;
        while (moved < rows / 10 * 9)
            moved += await split.MoveAsync(MovedAtOnce);
        Print(
            output,
            $"archiving, {MovedAtOnce} rows a transaction: {moved / watch.Elapsed.TotalSeconds:N0} rows/s");
        await TurnsAsync("after archiving", hot, split, output);
        await split.RunAsync("REINDEX TABLE journal");
        await TurnsAsync("after archiving and REINDEX", hot, split, output);
    }

    private static async Task TurnsAsync(string when, ArchiveBed hot, ArchiveBed split, TextWriter output)
    {
        foreach (var bed in (ArchiveBed[])[hot, split])
        {
            await bed.RunAsync("VACUUM ANALYZE");
            Print(output, $"{when}, {bed.Name}: {await bed.SizesAsync()}");
        }

        foreach (var size in (int[])[64, 256])
            await CompareWritesAsync(when, size, hot, split, output);
        await CompareAsync($"{when}, reading a grain", "grains/s", hot, split, output,
            async bed => Reads / await bed.ReadAsync(Reads));
    }

    /// <summary>Each measurement begins with a checkpoint: what is written to the log shows how many pages
    /// it touches.</summary>
    private static async Task CompareWritesAsync(
        string when, int size, ArchiveBed hot, ArchiveBed split, TextWriter output)
    {
        var logged = new Dictionary<ArchiveBed, long> { [hot] = 0, [split] = 0 };
        await CompareAsync($"{when}, COPY, batches of {size}", "rows/s", hot, split, output, async bed =>
        {
            await bed.RunAsync("CHECKPOINT");
            var before = await bed.LoggedAsync();
            var seconds = await bed.AppendAsync(Batches, size);
            logged[bed] += await bed.LoggedAsync() - before;
            return Batches * size / seconds;
        });
        var rows = Rounds * Batches * size;
        Print(
            output,
            $"    write-ahead log: hot {logged[hot] / rows:N0}, split {logged[split] / rows:N0} bytes a row");
    }

    private static async Task CompareAsync(
        string what, string unit, ArchiveBed hot, ArchiveBed split, TextWriter output,
        Func<ArchiveBed, Task<double>> measure)
    {
        var (hots, splits) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            hots.Add(await measure(hot));
            splits.Add(await measure(split));
        }

        var ratios = hots.Zip(splits, (one, other) => other / one).Order().ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: hot {Median(hots):N0}, split {Median(splits):N0} {unit}; "
            + $"ratio {ratios[Rounds / 2]:F2} ({ratios[0]:F2} to {ratios[^1]:F2})"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
