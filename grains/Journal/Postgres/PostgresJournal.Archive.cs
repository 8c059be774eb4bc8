namespace MallVip.Grains.Journal;

/// <summary>Entries that have been settled for long leave the hot table; readers see both as one.</summary>
public sealed partial class PostgresJournal
{
    /// <summary>
    /// How long an entry stays in the hot table at least: twice as long as a remembered place is believed, so
    /// that the key there refuses whoever is too late though the database's clock was set back by an hour.
    /// </summary>
    public static readonly TimeSpan LeastArchiveAge = TimeSpan.FromHours(2);

    /// <summary>Moves the oldest entries into the archive, in one short transaction.</summary>
    /// <param name="age">Those that have been settled for so long, by the database's clock; at least
    /// <see cref="LeastArchiveAge"/>.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancel">Gives up; nothing has moved then.</param>
    /// <returns>How many moved; null: another silo is at it.</returns>
    /// <exception cref="JournalUnreachableException">The database does not answer, or the role lacks the
    /// right.</exception>
    public async ValueTask<int?> ArchiveAsync(TimeSpan age, int most, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT journal_archive_move($1, $2, $3)",
            command => command.With(age).With(2 * Options.HeadsBelieved).With(most),
            static row => row.IsDBNull(0) ? (int?)null : row.GetInt32(0), cancel);
}
