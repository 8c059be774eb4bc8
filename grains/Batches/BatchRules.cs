namespace MallVip.Grains.Batches;

/// <summary>What may be decided about a list, and when.</summary>
internal static class BatchRules
{
    /// <summary>Why not; <see cref="BatchRefusal.None"/>: it may.</summary>
    /// <param name="now">A list whose time is over is not approved, whether or not that has been
    /// noted.</param>
    public static BatchRefusal Refuse(BatchState state, BatchDecision decision, DateTimeOffset now) =>
        decision.Verb switch
        {
            BatchVerb.Approve when state.Status == BatchStatus.Waiting && now >= state.Opened!.Until =>
                BatchRefusal.NotNow,
            BatchVerb.Approve when state.Status != BatchStatus.Waiting =>
                state.ApprovedBy == decision.By ? BatchRefusal.None : BatchRefusal.NotNow,
            BatchVerb.Approve when state.Opened!.FourEyes && state.Opened.By == decision.By =>
                BatchRefusal.SameOperator,
            BatchVerb.Approve when !state.Wrong.IsEmpty && !decision.SkipWrong => BatchRefusal.WrongRows,
            BatchVerb.Decline when state.Status is not (BatchStatus.Waiting or BatchStatus.Declined) =>
                BatchRefusal.NotNow,
            BatchVerb.Cancel when state.Status is not (BatchStatus.Running or BatchStatus.Cancelled) =>
                BatchRefusal.NotNow,
            BatchVerb.Undo when state.Status is BatchStatus.Waiting or BatchStatus.Declined
                or BatchStatus.Running => BatchRefusal.NotNow,
            BatchVerb.Undo when state.Opened!.FourEyes && state.Opened.By == decision.By =>
                BatchRefusal.SameOperator,
            _ => BatchRefusal.None,
        };

    /// <summary>Null: it has been done already.</summary>
    public static BatchFact? FactOf(BatchState state, BatchDecision decision) => decision.Verb switch
    {
        BatchVerb.Approve when state.Status == BatchStatus.Waiting => new BatchFact.Approved(decision.By),
        BatchVerb.Decline when state.Status == BatchStatus.Waiting =>
            new BatchFact.Declined(decision.By, decision.Reason),
        BatchVerb.Cancel when state.Status == BatchStatus.Running => new BatchFact.Cancelled(decision.By),
        BatchVerb.Undo when state.Status is BatchStatus.Done or BatchStatus.Cancelled =>
            new BatchFact.UndoStarted(decision.By, decision.Reason),
        _ => null,
    };
}
