using System.Globalization;

namespace MallVip.Grains.Journal;

/// <summary>The journal in memory, for tests and tools: all promises of the seam except surviving the
/// process.</summary>
public sealed partial class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly List<BatchRoot> _roots = [];
    private readonly Dictionary<GrainKey, JournalHead> _heads = [];
    private readonly Dictionary<string, string> _meta = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RulesVersionRow> _rules = new(StringComparer.Ordinal);

    public CommitSignal Commits { get; } = new();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ValueTask<BatchRoot> WriterStateAsync(CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_roots.Count == 0 ? new BatchRoot(1, 0, Hash256.Zero) : _roots[^1]);
    }

    public ValueTask<long[]> AppendBatchAsync(JournalBatch batch, CancellationToken cancel = default)
    {
        var places = new long[batch.Entries.Count];
        lock (_gate)
        {
            BatchOrder.Verify(batch, grain => Head(grain).Seq);
            for (var i = 0; i < places.Length; i++)
                places[i] = Append(batch.Entries[i], batch);
            _roots.Add(new BatchRoot(batch.Writer, batch.Number, batch.Root));
        }

        Commits.Advance(places[^1]);
        return new(places);
    }

    /// <summary>An append into memory fails only before it has begun.</summary>
    public ValueTask<long[]?> ResolveBatchAsync(JournalBatch batch, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            if (_roots.Count == 0 || _roots[^1].Batch < batch.Number)
                return new((long[]?)null);
            return new(_entries.Where(e => e.Batch == batch.Number).Select(e => e.Pos).ToArray());
        }
    }

    public bool TryGetHead(GrainKey grain, out HeadPlace head)
    {
        lock (_gate)
        {
            var full = Head(grain);
            head = new HeadPlace(full.Seq, full.Pos);
            return true;
        }
    }

    public ValueTask<JournalHead> HeadAsync(GrainKey grain, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(Head(grain));
    }

    public ValueTask<IReadOnlyList<GrainKey>> GrainsAsync(int share, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_heads.Keys.Where(grain => (int)(grain.Id % IJournal.Shares) == share).ToList());
    }

    public ValueTask SetMetaAsync(string name, string value, CancellationToken cancel = default)
    {
        lock (_gate)
            _meta[name] = value;
        return ValueTask.CompletedTask;
    }

    public ValueTask<string?> GetMetaAsync(string name, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_meta.GetValueOrDefault(name));
    }

    public ValueTask SaveRulesAsync(RulesVersionRow row, CancellationToken cancel = default)
    {
        lock (_gate)
            _rules.TryAdd(row.Version, row);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RulesVersionRow?> LoadRulesAsync(string version, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_rules.GetValueOrDefault(version));
    }

    public ValueTask MaintainAsync(CancellationToken cancel = default) => ValueTask.CompletedTask;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"memory journal of {Commits.Pos} entries");

    private JournalHead Head(GrainKey grain) => _heads.GetValueOrDefault(grain);

    private long Append(EntryDraft draft, JournalBatch batch)
    {
        var entry = new JournalEntry
        {
            Pos = _entries.Count + 1,
            PrevPos = Head(draft.Grain).Pos,
            Writer = batch.Writer,
            Batch = batch.Number,
            Grain = draft.Grain,
            Seq = draft.Seq,
            At = draft.At.ToUniversalTime(),
            Kind = draft.Kind,
            Key = draft.Key,
            ContentHash = draft.ContentHash,
            ExtraKeys = draft.ExtraKeys,
            Actor = draft.Actor,
            RulesVersion = draft.RulesVersion,
            PrevHash = draft.PrevHash,
            Hash = draft.Hash,
            Body = draft.Body.ToArray(),
        };
        _entries.Add(entry);
        _heads[draft.Grain] = new JournalHead(draft.Seq, entry.Pos, draft.Hash);
        Change(draft.Grain, draft.NextDue);
        foreach (var row in draft.Persons)
            _persons[row.Handle] = row;
        return entry.Pos;
    }
}
