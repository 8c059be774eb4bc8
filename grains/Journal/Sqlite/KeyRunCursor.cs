namespace MallVip.Grains.Journal;

/// <summary>Goes through a run's keys in order, one chunk in memory at a time.</summary>
internal sealed class KeyRunCursor(KeyRun run, Func<long, byte[]> readChunk)
{
    private byte[] _chunk = [];
    private int _nextChunk;
    private int _at;

    public KeyAt Current { get; private set; }

    public bool MoveNext()
    {
        if (_at * KeyRun.RecordSize == _chunk.Length)
        {
            if (_nextChunk == run.Chunks)
                return false;
            _chunk = readChunk(KeyRun.ChunkRow(run.Id, _nextChunk++));
            _at = 0;
        }

        Current = KeyChunk.Read(_chunk, _at++);
        return true;
    }
}
