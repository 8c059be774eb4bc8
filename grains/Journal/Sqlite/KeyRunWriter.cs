namespace MallVip.Grains.Journal;

/// <summary>Writes one run: takes keys in ascending order and gives the run when all are there. Of equal keys
/// the first one taken stays, so callers order them by place. Its chunks are orphans until <see cref="Seal"/>
/// is committed.</summary>
internal sealed class KeyRunWriter(SqliteFile file, long id, int level, long atMost)
{
    private readonly BloomFilter _filter = new(atMost);
    private readonly List<EventKey> _fences = [];
    private readonly byte[] _chunk = new byte[IndexBytes.CheckSize + (KeyRun.RecordSize * KeyRun.ChunkKeys)];
    private EventKey _last;
    private int _inChunk;
    private long _count;

    /// <summary>Chunks written so far: what a caller bounds a transaction by.</summary>
    public int Chunks => _fences.Count;

    public void Add(KeyAt key)
    {
        if (_count > 0 && key.Key == _last)
            return;
        if (_inChunk == KeyRun.ChunkKeys)
            Flush();
        if (_inChunk == 0)
            _fences.Add(key.Key);
        KeyChunk.Write(_chunk.AsSpan(IndexBytes.CheckSize + (KeyRun.RecordSize * _inChunk)), key);
        _filter.Add(key.Key);
        _last = key.Key;
        _inChunk++;
        _count++;
    }

    /// <summary>Writes what is left and the run's row: from the commit on it counts.</summary>
    public KeyRun Seal()
    {
        Flush();
        file["INSERT INTO dedupe_run(run, level, count, fences, filter) VALUES(?1, ?2, ?3, ?4, ?5)"]
            .Bind(1, id).Bind(2, level).Bind(3, _count)
            .Bind(4, IndexBytes.WithCheck(KeyRun.FenceBytes(_fences)))
            .Bind(5, IndexBytes.WithCheck(_filter.Bytes))
            .Run();
        return new KeyRun(id, level, _count, [.. _fences], _filter);
    }

    private void Flush()
    {
        if (_inChunk == 0)
            return;
        var stored = _chunk.AsSpan(0, IndexBytes.CheckSize + (KeyRun.RecordSize * _inChunk));
        IndexBytes.Check(stored);
        file["INSERT INTO dedupe(id, keys) VALUES(?1, ?2)"]
            .Bind(1, KeyRun.ChunkRow(id, _fences.Count - 1)).Bind(2, stored).Run();
        _inChunk = 0;
    }
}
