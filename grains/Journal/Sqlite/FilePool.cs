using System.Collections.Concurrent;

namespace MallVip.Grains.Journal;

/// <summary>Connections for reading: each used by one caller at a time, then kept for the next.</summary>
internal sealed class FilePool(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteFile> _free = [];

    /// <summary>Reads with a connection of the pool.</summary>
    public T Read<T>(Func<SqliteFile, T> read)
    {
        if (!_free.TryTake(out var file))
            file = SqliteFile.OpenForReading(path);
        try
        {
            var result = read(file);
            _free.Add(file);
            return result;
        }
        catch
        {
            // Whatever state a failed reading left behind goes with the connection.
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_free.TryTake(out var file))
            file.Dispose();
    }
}
