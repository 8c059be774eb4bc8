using MallVip.Grains.Journal;

namespace MallVip.Silo.Hosting;

/// <summary>A data folder: the SQLite journal and the server key beside it.</summary>
public static class JournalFolder
{
    /// <summary>Opens the folder, making it and its key at the first start.</summary>
    /// <exception cref="JournalException">Locked, too new, damaged, or the key is missing or
    /// wrong.</exception>
    public static (IJournal Journal, ServerKey Key) Open(string directory)
    {
        Directory.CreateDirectory(directory);
        var journal = SqliteJournal.Open(directory);
        try
        {
            var key = ServerKey.Load(directory) ?? (journal.Commits.Pos == 0
                ? ServerKey.Create(directory)
                : throw new ServerKeyException(
                    $"The journal in '{directory}' has entries, but its key '{ServerKey.FileName}' is missing. " +
                    "Put the key back; without it no phone or plate can be recognised."));
            return (journal, key);
        }
        catch
        {
            journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }
}
