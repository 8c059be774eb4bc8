namespace MallVip.Grains.Journal;

/// <summary>The deletable table of personal data. Rows also come with entries
/// (<see cref="EntryDraft.Persons"/>).</summary>
public interface IPersonStore
{
    /// <summary>Writes rows, durably; a row with the same handle is replaced.</summary>
    ValueTask PutPersonsAsync(IReadOnlyList<PersonRow> rows, CancellationToken cancel = default);

    /// <summary>The row of a handle; null when there is none, or no longer.</summary>
    ValueTask<PersonRow?> GetPersonAsync(UInt128 handle, CancellationToken cancel = default);

    /// <summary>All rows of a member, by kind then handle.</summary>
    ValueTask<IReadOnlyList<PersonRow>> GetPersonsOfAsync(UInt128 member, CancellationToken cancel = default);

    /// <summary>Erases all rows of a member, so that the bytes are gone from the files too.</summary>
    /// <returns>The number of rows erased.</returns>
    ValueTask<int> DeletePersonsOfAsync(UInt128 member, CancellationToken cancel = default);
}
