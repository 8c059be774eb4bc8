namespace MallVip.Rules.Audit;

/// <summary>Something in a member's ledger that does not add up.</summary>
/// <param name="Seq">The entry after which it shows.</param>
/// <param name="Code"><c>balance</c>, <c>lots</c>, <c>pending</c>, <c>lot</c>, <c>parts</c>, <c>after</c>,
/// <c>return</c>, <c>hold</c>, <c>merge</c>, <c>tier</c> or <c>gap</c>.</param>
public sealed record LedgerProblem(long Seq, string Code, string Detail);
