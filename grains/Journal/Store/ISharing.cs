namespace MallVip.Grains.Journal;

/// <summary>What keeps processes apart that write to one journal at the same time. A store that only one
/// process can open needs none of it: these are its answers.</summary>
public interface ISharing
{
    /// <summary>Whether others may write too. <see cref="IJournalReader.Commits"/> then tells of this
    /// process's entries only, and who follows the journal asks from time to time.</summary>
    bool IsShared => false;

    /// <summary>An instant by the store's own clock, after which it refuses entries that are
    /// <see cref="EntryDraft.ValidUntil"/> then.</summary>
    /// <returns>Null: nobody else writes, and nothing need end.</returns>
    ValueTask<DateTimeOffset?> DeadlineAsync(TimeSpan lasts, CancellationToken cancel = default) =>
        new((DateTimeOffset?)null);

    /// <summary>Whether no entry that is valid until then can be committed any more: the instant is past, and
    /// so is every transaction that was under way then. True from then on.</summary>
    ValueTask<bool> HasPassedAsync(DateTimeOffset deadline, CancellationToken cancel = default) => new(true);

    /// <summary>Takes work that one process does at a time, until what is answered is disposed of or this
    /// process has ended.</summary>
    /// <returns>Null: another process does it.</returns>
    ValueTask<IAsyncDisposable?> TryTakeWorkAsync(string name, CancellationToken cancel = default) =>
        new(NoOtherProcess.Instance);

    private sealed class NoOtherProcess : IAsyncDisposable
    {
        public static readonly NoOtherProcess Instance = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
