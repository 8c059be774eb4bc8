using System.Runtime.InteropServices;

namespace MallVip.Grains.Journal;

/// <summary>Computes every batch's root anew from its entries and the writer's previous root, and compares it
/// with the stored one and with an anchor.</summary>
internal sealed class RootAudit(IJournalReader journal, JournalAnchor? anchor, AuditFindings findings)
{
    private const int RootsPerPage = 1_024;
    private readonly Dictionary<int, WriterState> _writers = [];

    public long Batches => _writers.Values.Sum(w => w.Counted);

    /// <summary>Takes an entry in, whose batch may be finished by the next one.</summary>
    public async ValueTask VisitAsync(JournalEntry entry)
    {
        if (!_writers.TryGetValue(entry.Writer, out var writer))
            _writers.Add(entry.Writer, writer = new WriterState(entry.Writer));
        if (entry.Batch != writer.Batch)
        {
            await FinishAsync(writer);
            if (entry.Batch != writer.Batch + 1)
            {
                findings.Add(AuditCode.OrderWrong, entry,
                    $"Batch {entry.Batch} of writer {entry.Writer} follows batch {writer.Batch}.");
            }

            writer.Batch = entry.Batch;
            writer.FirstPos = entry.Pos;
        }

        // The hash of the columns, not the stored one: a root holds what the entries say.
        writer.Hashes.Add(EntryHash.Compute(entry));
    }

    /// <summary>Finishes the last batches, and holds the end against the roots that were stored at the
    /// start.</summary>
    public async ValueTask EndAsync(IReadOnlyList<BatchRoot> storedAtStart)
    {
        foreach (var writer in _writers.Values)
            await FinishAsync(writer);
        foreach (var stored in storedAtStart)
        {
            var seen = _writers.TryGetValue(stored.Writer, out var writer) ? writer.Batch : 0;
            if (seen < stored.Batch)
            {
                findings.Add(AuditCode.BatchMissing, 0, null,
                    $"Writer {stored.Writer} has stored {stored.Batch} roots, "
                    + $"but the entries end with batch {seen}.");
            }
        }

        foreach (var root in anchor?.Roots ?? [])
        {
            var seen = _writers.TryGetValue(root.Writer, out var writer) ? writer.Batch : 0;
            if (seen < root.Batch)
            {
                findings.Add(AuditCode.AnchorBroken, 0, null,
                    $"The anchor knows batch {root.Batch} of writer {root.Writer}; "
                    + $"the journal ends with {seen}.");
            }
        }
    }

    /// <summary>The roots at the end.</summary>
    public JournalAnchor Anchor(long entries) => new(
        JournalAnchor.CurrentFormat, entries,
        _writers.Values.OrderBy(w => w.Id)
            .Select(w => new AnchorRoot(w.Id, w.Batch, w.Root.ToString())).ToList());

    private async ValueTask FinishAsync(WriterState writer)
    {
        if (writer.Hashes.Count == 0)
            return;
        var root = BatchRoot.Compute(
            writer.Root, writer.Id, writer.Batch, CollectionsMarshal.AsSpan(writer.Hashes));
        var stored = await StoredAsync(writer);
        if (stored != root)
        {
            findings.Add(AuditCode.RootWrong, writer.FirstPos, null, stored is null
                ? $"Batch {writer.Batch} of writer {writer.Id} has no stored root."
                : $"The stored root of batch {writer.Batch} of writer {writer.Id} "
                    + "is not the root of its entries.");
        }

        HoldAgainstAnchor(writer, root);
        // The stored root goes on, so that one changed entry is told once;
        // the anchor still sees the computed one.
        writer.Root = stored ?? root;
        writer.Counted++;
        writer.Hashes.Clear();
    }

    private void HoldAgainstAnchor(WriterState writer, Hash256 root)
    {
        foreach (var known in anchor?.Roots ?? [])
        {
            if (known.Writer != writer.Id || known.Batch != writer.Batch || known.Root == root.ToString())
                continue;
            findings.Add(AuditCode.AnchorBroken, writer.FirstPos, null,
                $"The anchor's root of batch {known.Batch} of writer {known.Writer} is not the journal's.");
        }
    }

    private async ValueTask<Hash256?> StoredAsync(WriterState writer)
    {
        while (writer.Stored.TryPeek(out var next) && next.Batch < writer.Batch)
            writer.Stored.Dequeue();
        if (writer.Stored.Count == 0)
        {
            foreach (var root in await journal.BatchRootsAsync(writer.Id, writer.Batch - 1, RootsPerPage))
                writer.Stored.Enqueue(root);
        }

        return writer.Stored.TryPeek(out var found) && found.Batch == writer.Batch ? found.Root : null;
    }

    private sealed class WriterState(int id)
    {
        public int Id { get; } = id;

        public long Batch { get; set; }

        public long FirstPos { get; set; }

        public long Counted { get; set; }

        public Hash256 Root { get; set; }

        public List<Hash256> Hashes { get; } = [];

        public Queue<BatchRoot> Stored { get; } = new();
    }
}
