namespace MallVip.Grains.Journal;

/// <summary>
/// What keeps both sides of a move from being served: a setting in the database from its first row until all
/// is proven, and a file in the folder from then on.
/// </summary>
public static class MoveMark
{
    /// <summary>The file in a data folder whose journal was moved.</summary>
    public const string FileName = "journal.moved";

    /// <summary>The setting in a database that is being filled; its value is the journal's id.</summary>
    internal const string Setting = "move";

    /// <summary>Says in a folder where its journal has gone, durably.</summary>
    internal static void Leave(string directory, string to, DateTimeOffset at)
    {
        using var file = new FileStream(Path.Combine(directory, FileName), FileMode.Create, FileAccess.Write);
        using var text = new StreamWriter(file);
        text.Write($"{to} at {at:u}");
        text.Flush();
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="JournalMovedException">The folder's journal was moved.</exception>
    internal static void Refuse(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (File.Exists(path))
            throw new JournalMovedException(path, File.ReadAllText(path));
    }
}

/// <summary>A move cannot begin or go on; the message says why and what to do.</summary>
public sealed class MoveRefusedException(string message) : JournalException(message);

/// <summary>A database that a move has not finished filling.</summary>
public sealed class JournalHalfMovedException()
    : JournalException("The database was filled by halves: 'mallvip move' has not ended. Run it again on "
        + "the same data folder; it goes on where it stopped.");

/// <summary>A data folder whose journal is in a database now.</summary>
public sealed class JournalMovedException(string path, string where)
    : JournalException($"The journal was moved to {where}. What happened since is not in this folder; to "
        + $"use it all the same, delete {path}.");
