using System.Buffers.Binary;

namespace MallVip.Grains.Journal;

/// <summary>One table of <see cref="HeadDirectory"/>: parallel arrays, linear probing, grown by half at four
/// fifths. Not thread-safe.</summary>
internal sealed class HeadShard
{
    private UInt128[] _ids = new UInt128[16];
    private byte[] _kinds = new byte[16];
    private uint[] _seqs = new uint[16];
    private long[] _places = new long[16];
    private uint[] _hashes = new uint[16];

    public int Count { get; private set; }

    public HeadPlace Get(GrainKey grain, uint hash)
    {
        var slot = Find(grain, hash);
        return new HeadPlace(_seqs[slot], _places[slot]);
    }

    public void Set(GrainKey grain, uint hash, HeadPlace place)
    {
        var slot = Find(grain, hash);
        if (_seqs[slot] == 0)
        {
            if (5L * (Count + 1) > 4L * _ids.Length)
            {
                Grow();
                slot = Find(grain, hash);
            }

            Count++;
            _ids[slot] = grain.Id;
            _kinds[slot] = (byte)grain.Kind;
            _hashes[slot] = hash;
        }

        if (place.Pos < _places[slot])
            return;
        _seqs[slot] = checked((uint)place.Seq);
        _places[slot] = place.Pos;
    }

    public byte[] Records()
    {
        var page = new byte[HeadDirectory.RecordSize * Count];
        var at = page.AsSpan();
        for (var i = 0; i < _ids.Length; i++)
        {
            if (_seqs[i] == 0)
                continue;
            new GrainKey((GrainKind)_kinds[i], _ids[i]).Write(at);
            BinaryPrimitives.WriteUInt32BigEndian(at[GrainKey.Size..], _seqs[i]);
            BinaryPrimitives.WriteInt64BigEndian(at[(GrainKey.Size + 4)..], _places[i]);
            at = at[HeadDirectory.RecordSize..];
        }

        return page;
    }

    // The slot of a grain, or the empty one where it would go. Seq 0 marks an empty slot:
    // entries count from 1.
    private int Find(GrainKey grain, uint hash)
    {
        var slot = (int)(((ulong)hash * (ulong)_ids.Length) >> 32);
        while (_seqs[slot] != 0 && (_ids[slot] != grain.Id || _kinds[slot] != (byte)grain.Kind))
            slot = slot + 1 == _ids.Length ? 0 : slot + 1;
        return slot;
    }

    private void Grow()
    {
        var (ids, kinds, seqs, places, hashes) = (_ids, _kinds, _seqs, _places, _hashes);
        var size = ids.Length + (ids.Length / 2);
        (_ids, _kinds, _seqs) = (new UInt128[size], new byte[size], new uint[size]);
        (_places, _hashes) = (new long[size], new uint[size]);
        for (var i = 0; i < ids.Length; i++)
        {
            if (seqs[i] == 0)
                continue;
            var slot = Find(new GrainKey((GrainKind)kinds[i], ids[i]), hashes[i]);
            _ids[slot] = ids[i];
            _kinds[slot] = kinds[i];
            _seqs[slot] = seqs[i];
            _places[slot] = places[i];
            _hashes[slot] = hashes[i];
        }
    }
}
