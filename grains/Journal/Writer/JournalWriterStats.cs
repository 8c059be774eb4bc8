namespace MallVip.Grains.Journal;

/// <summary>Counts of a <see cref="JournalWriter"/> since it was opened.</summary>
/// <param name="Batches">Batches committed.</param>
/// <param name="Entries">Entries committed.</param>
/// <param name="Failed">Entries that failed.</param>
/// <param name="Queued">Entries waiting now.</param>
/// <param name="EntriesPerSecond">The rate of the last batches; 0 before the first.</param>
public readonly record struct JournalWriterStats(
    long Batches, long Entries, long Failed, int Queued, double EntriesPerSecond);
