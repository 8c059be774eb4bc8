namespace MallVip.Grains.Journal;

public sealed partial class JournalWriter
{
    /// <summary>Fails these drafts and every waiting draft of the same grains, which were decided on top of
    /// them; nothing else.</summary>
    private void FailAll(List<PendingAppend> drafts, AppendFailure reason, Exception? cause)
    {
        if (drafts.Count == 0)
            return;
        List<PendingAppend> successors;
        lock (_gate)
            successors = _queue.Withdraw(drafts.Select(p => p.Draft.Grain).ToHashSet());
        foreach (var pending in drafts)
            FailOne(pending, reason, cause);
        foreach (var pending in successors)
            FailOne(pending, AppendFailure.PredecessorFailed, cause);
    }

    private void FailOne(PendingAppend pending, AppendFailure reason, Exception? cause)
    {
        Interlocked.Increment(ref _failed);
        var failure = Failure(pending.Draft, reason, cause);
        if (reason != AppendFailure.OutcomeUnknown)
            Released(pending.Draft, failure);
        pending.Fail(failure);
    }

    private void ReleaseAll(JournalBatch batch)
    {
        foreach (var draft in batch.Entries)
            Released(draft, Failure(draft, AppendFailure.StoreFailed, _unresolvedCause));
    }

    private void Released(EntryDraft draft, AppendFailedException failure)
    {
        foreach (var observer in _observers)
            observer.OnFailed(draft, failure);
    }

    private static AppendFailedException Failure(EntryDraft draft, AppendFailure reason, Exception? cause) =>
        new(
            reason, draft.Grain, $"Entry {draft.Seq} of {draft.Grain} was not written: {Describe(reason)}",
            cause);

    private static string Describe(AppendFailure reason) => reason switch
    {
        AppendFailure.StoreFailed => "the store failed.",
        AppendFailure.OutcomeUnknown => "the store failed, and whether it was written is not known yet.",
        AppendFailure.PredecessorFailed => "an earlier entry of the same grain failed.",
        AppendFailure.OutOfOrder => "it does not follow the grain's newest entry.",
        AppendFailure.Closed => "the writer takes no more.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
