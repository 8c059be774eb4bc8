using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.Bench;

/// <summary>What the journal costs by itself: rows per second by batch size, the key index, and opening with
/// a million grains. Bodies are 420 bytes, commits are synced. One argument names a directory on the disk to
/// measure.</summary>
public static class JournalBench
{
    private const int BodySize = 420;

    /// <summary>Runs all measurements, each a few seconds.</summary>
    public static async Task RunAsync(string directory, TextWriter output)
    {
        foreach (var size in (int[])[64, 256, 2_048])
        {
            await using var journal = SqliteJournal.Open(Fresh(directory));
            await StoreAsync(journal, size, output);
        }

        foreach (var callers in (int[])[64, 1_024])
            await WriterAsync(Fresh(directory), callers, output);
        await KeysAsync(Fresh(directory), output);
        await OpeningAsync(Fresh(directory), output);
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Raw batches straight into the store, hashes made beforehand.</summary>
    internal static async Task StoreAsync(IJournal journal, int size, TextWriter output)
    {
        const int Rows = 262_144;
        var drafts = Drafts(Rows, 100_000);
        var watch = new Meter();
        for (var (at, batch) = (0, 1L); at < Rows; at += size, batch++)
            await journal.AppendBatchAsync(
                new JournalBatch(1, batch, Hash256.Zero, drafts.GetRange(at, size)));
        Report(output, $"store, batches of {size}", Rows, watch, "rows");
    }

    /// <summary>Many callers, each waiting for its entry before the next, through the writer, key index
    /// running.</summary>
    private static async Task WriterAsync(string directory, int callers, TextWriter output)
    {
        const int Rows = 200_000;
        await using var journal = SqliteJournal.Open(directory);
        await using var keys = await KeyIndex.OpenAsync(
            journal, null, TimeProvider.System, NullLogger.Instance);
        keys.Start();
        await using var writer = await JournalWriter.OpenAsync(journal, null, TimeProvider.System, keys);
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = new Meter();
        var tasks = Enumerable.Range(0, callers)
            .Select(c => CallAsync(writer, keys, (ulong)c, Rows / callers));
        await Task.WhenAll(tasks.ToArray());
        var stats = writer.Stats;
        Report(output, $"writer and keys, {callers} callers", stats.Entries, watch, "entries");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"    {(double)stats.Entries / stats.Batches:F0} entries a batch, "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) / stats.Entries} B an entry, "
            + $"drafts and bodies included"));
    }

    private static async Task CallAsync(JournalWriter writer, KeyIndex keys, ulong caller, int count)
    {
        await Task.Yield();
        var previous = Hash256.Zero;
        for (var seq = 1L; seq <= count; seq++)
        {
            var draft = Draft(new GrainKey(GrainKind.Member, new UInt128(caller, caller)), seq, previous);
            await keys.ReserveAsync(draft.Key);
            await writer.Append(draft);
            previous = draft.Hash;
        }
    }

    private static async Task KeysAsync(string directory, TextWriter output)
    {
        const int Batch = 65_536;
        const int Count = 61 * Batch;
        await using var journal = SqliteJournal.Open(directory);
        var reader = new ReaderId("keys", CheckpointHome.Index);
        var now = DateTimeOffset.UnixEpoch;
        await journal.LeaseCheckpointAsync(reader, "bench", now, now.AddDays(1));
        var random = new Random(1);
        var slowest = TimeSpan.Zero;
        var watch = new Meter();
        for (var at = 0; at < Count; at += Batch)
        {
            var begun = watch.Elapsed;
            var keys = Enumerable.Range(at + 1, Batch)
                .Select(pos => new KeyAt(NextKey(random), pos)).ToList();
            await journal.AddKeysAsync(
                keys,
                new CheckpointMove(
                    reader, 1, TailPosition.At(at), TailPosition.At(at + Batch), now.AddDays(1)));
            await journal.MaintainAsync();
            if (watch.Elapsed - begun > slowest)
                slowest = watch.Elapsed - begun;
        }

        Report(output, "key index, adding", Count, watch, "keys");
        output.WriteLine($"    slowest step of {Batch} keys: {slowest.TotalMilliseconds:F0} ms");
        watch = new Meter();
        var found = 0L;
        for (var i = 0; i < 200_000; i++)
            found += (await journal.FindKeyAsync(NextKey(random))) == 0 ? 0 : 1;
        Report(output, $"key index, misses ({found} found)", 200_000, watch, "look-ups");
        var known = new Random(1);
        watch = new Meter();
        for (var i = 0; i < 50_000; i++)
            found += (await journal.FindKeyAsync(NextKey(known))) == 0 ? 0 : 1;
        Report(output, $"key index, hits ({found} found)", 50_000, watch, "look-ups");
    }

    private static async Task OpeningAsync(string directory, TextWriter output)
    {
        const int Grains = 1_000_000;
        await using (var journal = SqliteJournal.Open(directory))
        {
            for (var (at, batch) = (0, 1L); at < Grains; at += 2_000, batch++)
            {
                var drafts = Enumerable.Range(at, 2_000).Select(i => Draft(
                    new GrainKey(GrainKind.Member, NextKey(new Random(i)).Value), 1, Hash256.Zero)).ToList();
                await journal.AppendBatchAsync(new JournalBatch(1, batch, Hash256.Zero, drafts));
            }
        }

        await OpenOnceAsync(directory, "opening with 1,000,000 grains", output);
        File.Delete(Path.Combine(directory, "index.db"));
        await OpenOnceAsync(directory, "the same with index.db deleted", output);
    }

    private static async Task OpenOnceAsync(string directory, string what, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        await using var journal = SqliteJournal.Open(directory);
        var opened = watch.Elapsed;
        await using var keys = await KeyIndex.OpenAsync(
            journal, null, TimeProvider.System, NullLogger.Instance);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {opened.TotalMilliseconds:F0} ms, "
            + $"with its keys {watch.Elapsed.TotalMilliseconds:F0} ms"));
    }

    private static List<EntryDraft> Drafts(int count, int grains)
    {
        var drafts = new List<EntryDraft>(count);
        var heads = new (long Seq, Hash256 Hash)[grains];
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            var grain = random.Next(grains);
            ref var head = ref heads[grain];
            var id = new UInt128(unchecked((ulong)grain * 0x9E3779B97F4A7C15), (ulong)grain);
            var draft = Draft(new GrainKey(GrainKind.Member, id), head.Seq + 1, head.Hash);
            head = (draft.Seq, draft.Hash);
            drafts.Add(draft);
        }

        return drafts;
    }

    internal static EntryDraft Draft(GrainKey grain, long seq, Hash256 previous) => new()
    {
        Grain = grain,
        Seq = seq,
        At = DateTimeOffset.UnixEpoch.AddSeconds(seq),
        Kind = "mall.purchase",
        Key = EventKey.Of(
            "event", "bench", string.Create(CultureInfo.InvariantCulture, $"{grain.Id:x}/{seq}")),
        ContentHash = grain.Id,
        Actor = "till-7",
        RulesVersion = "2026-11-22.1",
        PrevHash = previous,
        Body = new byte[BodySize],
    };

    private static EventKey NextKey(Random random) =>
        EventKey.Read(Bytes(random));

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[EventKey.Size];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Fresh(string directory)
    {
        var fresh = Path.Combine(directory, "journal");
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        return fresh;
    }

    private static void Report(TextWriter output, string what, long count, Meter meter, string unit) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {count / meter.Elapsed.TotalSeconds:N0} {unit}/s, "
            + $"{meter.Cpu.TotalMicroseconds / count:F2} us CPU"));

    /// <summary>Wall clock and the process's CPU time, since other work on the machine disturbs the first
    /// only.</summary>
    private sealed class Meter
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;

        public TimeSpan Elapsed => _watch.Elapsed;

        public TimeSpan Cpu => Environment.CpuUsage.TotalTime - _cpu;
    }
}
