namespace MallVip.Grains.Journal;

/// <summary>What an audit found.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Grains">Grains they belong to.</param>
/// <param name="Batches">Batches they were committed in.</param>
/// <param name="Keys">Idempotency keys compared.</param>
/// <param name="ProblemCount">All problems.</param>
/// <param name="Problems">The first of them, in the journal's order where they have one.</param>
/// <param name="Anchor">The roots at the end, for a later audit to be held against.</param>
public sealed record AuditReport(
    long Entries, long Grains, long Batches, long Keys, long ProblemCount,
    IReadOnlyList<AuditProblem> Problems,
    JournalAnchor Anchor)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool IsClean => ProblemCount == 0;
}
