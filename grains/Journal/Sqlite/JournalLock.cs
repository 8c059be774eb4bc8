namespace MallVip.Grains.Journal;

/// <summary>The OS lock on <c>journal.lock</c>: one process has the journal, until it closes it or
/// dies.</summary>
internal sealed class JournalLock : IDisposable
{
    public const string FileName = "journal.lock";
    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <exception cref="JournalLockedException">Another process has it.</exception>
    public static JournalLock Take(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            return new JournalLock(
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new JournalLockedException(path, e);
        }
    }

    public void Dispose() => _file.Dispose();
}
