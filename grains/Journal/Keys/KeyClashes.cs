using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Journal;

/// <summary>
/// Tells of keys that stand in two entries: silos decided both before either could see the other's, as the
/// same event for two members. Each key is told once.
/// </summary>
internal sealed partial class KeyClashes(IJournal journal, ILogger log)
{
    private readonly HashSet<EventKey> _told = [];
    private int _count;

    /// <summary>How many were found since the start.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A key was met at two places; the same place, or 0, is none.</summary>
    public async ValueTask NoteAsync(EventKey key, long one, long other, CancellationToken cancel)
    {
        if (one == other || one == 0 || !_told.Add(key))
            return;
        if (await journal.ReadAtAsync(Math.Min(one, other), cancel) is not { } first
            || await journal.ReadAtAsync(Math.Max(one, other), cancel) is not { } second
            || IsCarried(first) || IsCarried(second))
            return;
        Interlocked.Increment(ref _count);
        Clashed(log, key, first.Seq, first.Grain, second.Seq, second.Grain);
    }

    private static bool IsCarried(JournalEntry entry) =>
        string.Equals(entry.Kind, EntryKinds.CarriedFrom, StringComparison.Ordinal);

    [LoggerMessage(
        1, LogLevel.Error,
        "Key {Key} counts twice: two silos decided it at the same moment, as entry {FirstSeq} of {First} and "
        + "as entry {SecondSeq} of {Second}. One of them is to be corrected")]
    private static partial void Clashed(
        ILogger log, EventKey key, long firstSeq, GrainKey first, long secondSeq, GrainKey second);
}
