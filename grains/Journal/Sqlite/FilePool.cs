using System.Collections.Concurrent;

namespace MallVip.Grains.Journal;

/// <summary>Connections for reading: each used by one caller at a time, then kept for the next.</summary>
/// <param name="mapped">See <see cref="SqliteFile.OpenForReading"/>.</param>
internal sealed class FilePool(string path, bool mapped = false) : IDisposable
{
    private readonly ConcurrentBag<SqliteFile> _free = [];
    private volatile bool _closed;

    /// <summary>Reads with a connection of the pool.</summary>
    public T Read<T>(Func<SqliteFile, T> read)
    {
        if (!_free.TryTake(out var file))
            file = SqliteFile.OpenForReading(path, mapped);
        try
        {
            var result = read(file);
            _free.Add(file);
            if (_closed)
                Dispose();
            return result;
        }
        catch
        {
            // Whatever state a failed reading left behind goes with the connection.
            file.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connections; those in use are closed when they come back.</summary>
    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var file))
            file.Dispose();
    }
}
