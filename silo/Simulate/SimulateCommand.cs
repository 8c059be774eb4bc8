using System.Text;

namespace MallVip.Silo.Simulate;

/// <summary>The verb <c>mallvip simulate</c>, without the parsing of its options.</summary>
public static class SimulateCommand
{
    private const int FlushBytes = 1 << 18;

    /// <summary>
    /// Writes the simulated events as NDJSON, and how many there are of each type to the error stream.
    /// </summary>
    /// <returns>0, 1 when cancelled, or 2 when the options are wrong or the file cannot be written.</returns>
    public static async Task<int> RunAsync(
        SimulateOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        var problems = options.Simulation.Problems();
        foreach (var problem in problems)
            console.Error.WriteLine(problem);
        if (problems.Count > 0)
            return 2;
        try
        {
            var counts = options.OutPath is { } path
                ? await ToFileAsync(options.Simulation, path, cancellation)
                : await WriteAsync(options.Simulation, Text(console.Out), cancellation);
            foreach (var (type, count) in counts.OrderBy(item => item.Key, StringComparer.Ordinal))
                console.Error.WriteLine($"{type,-20} {count,12:N0}");
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.Error.WriteLine("Interrupted.");
            return 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var target = options.OutPath ?? "standard output";
            console.Error.WriteLine($"{target} cannot be written: {error.Message}");
            return 2;
        }
    }

    private static async Task<Dictionary<string, long>> ToFileAsync(
        SimulationOptions simulation, string path, CancellationToken cancellation)
    {
        await using var file =
            new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0, useAsync: true);
        return await WriteAsync(simulation, chunk => file.WriteAsync(chunk, cancellation), cancellation);
    }

    private static Func<ReadOnlyMemory<byte>, ValueTask> Text(TextWriter output) => chunk =>
        new ValueTask(output.WriteAsync(Encoding.UTF8.GetString(chunk.Span)));

    private static async Task<Dictionary<string, long>> WriteAsync(SimulationOptions simulation,
        Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var writer = new SimulatedEventWriter(simulation.Seed);
        using var chunk = new MemoryStream(FlushBytes + (64 << 10));
        foreach (var item in EventSimulator.Run(simulation))
        {
            chunk.Write(writer.Write(item));
            chunk.WriteByte((byte)'\n');
            counts[item.Type] = counts.GetValueOrDefault(item.Type) + 1;
            if (chunk.Length < FlushBytes)
                continue;
            cancellation.ThrowIfCancellationRequested();
            await write(chunk.GetBuffer().AsMemory(0, (int)chunk.Length));
            chunk.SetLength(0);
        }
        await write(chunk.GetBuffer().AsMemory(0, (int)chunk.Length));
        return counts;
    }
}
