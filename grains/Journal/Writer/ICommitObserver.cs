namespace MallVip.Grains.Journal;

/// <summary>Who must know of an entry's fate before its caller does. Called on the writer's thread: be
/// brief.</summary>
public interface ICommitObserver
{
    /// <summary>The batch is durable, its entries at these places.</summary>
    void OnCommitted(JournalBatch batch, ReadOnlySpan<long> places);

    /// <summary>The entry is not in the journal and never will be.</summary>
    void OnFailed(EntryDraft draft, AppendFailedException error);
}
