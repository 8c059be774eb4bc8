using MallVip.Silo;
using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>
/// A large file does not need large memory: the bound is the same for 200,000 rows, the default, and for the
/// millions that MALLVIP_IMPORT_ROWS may ask for. Held as objects, 200,000 rows would take some 150 MB.
/// </summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    private const long BoundBytes = 64L << 20;

    private static readonly int Rows =
        int.TryParse(Environment.GetEnvironmentVariable("MALLVIP_IMPORT_ROWS"), out var rows)
            ? rows
            : 200_000;

    [Fact]
    public async Task Many_rows_in_no_order_are_grouped_and_sorted_in_bounded_memory()
    {
        using var files = new ImportFixture().With("map.yaml", """
            map: 1
            group-by: receipt
            source: till
            emit:
              - { id: "{receipt}", subject: "card:{card:00000000}", time: "{at}",
                  data: { receipt: "{receipt}", store: "{store}", paid: sum(paid),
                          lines: { each: { sku: "{sku}", paid: money(paid) } } } }
            """);
        WriteRows(files.Csv);
        var sink = new MeasuringSink();
        var options = files.Options(ImportKind.Purchases) with { SortBytes = 4 << 20 };

        var before = GC.GetTotalMemory(forceFullCollection: true);

        var exit = await ImportCommand.RunAsync(options, sink, files.Console, CancellationToken.None);

        Assert.Equal(ImportExit.Done, exit);

        Assert.Equal((Rows + 1) / 2, sink.Lines);
        Assert.True(sink.InOrder);
        Assert.InRange(sink.PeakBytes - before, 1, BoundBytes);
    }

    // Two rows a receipt, half a file apart; times jump about.
    private static void WriteRows(string path)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine("receipt,card,at,store,sku,paid");
        var half = (Rows + 1) / 2;
        for (var i = 0; i < Rows; i++)
        {
            var receipt = i % half;
            var second = (int)(receipt * 7_919L % 86_400);
            var time = $"{second / 3_600:D2}:{second / 60 % 60:D2}:{second % 60:D2}";
            writer.WriteLine($"R{receipt},{receipt % 50_000},2026-01-01 {time}Z,s1,a{i % 99},12.30");
        }
    }

    /// <summary>Looks at the heap while the merge runs, when everything that is kept is alive.</summary>
    private sealed class MeasuringSink : IImportSink
    {
        private static readonly ImportOutcome[] Answers =
            Enumerable.Repeat<ImportOutcome>(ImportOutcome.Accepted.Instance, 1_000).ToArray();

        private DateTimeOffset _last = DateTimeOffset.MinValue;

        public int Lines { get; private set; }
        public bool InOrder { get; private set; } = true;
        public long PeakBytes { get; private set; }

        public ValueTask OpenAsync(ImportRun run, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<ImportOutcome>> AcceptAsync(
            IReadOnlyList<ImportLine> batch, CancellationToken cancellation)
        {
            foreach (var line in batch)
            {
                InOrder &= line.Time >= _last;
                _last = line.Time;
            }
            if (Lines % 20_000 == 0)
                PeakBytes = Math.Max(PeakBytes, GC.GetTotalMemory(forceFullCollection: true));
            Lines += batch.Count;
            return ValueTask.FromResult<IReadOnlyList<ImportOutcome>>(Answers[..batch.Count]);
        }

        public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
