namespace MallVip.Silo.Import;

/// <summary>One import, told to the sink at its start.</summary>
/// <param name="Id">Stable for the same input, map and joined files: 32 hex digits. Serves as the run id of
/// an import.</param>
/// <param name="Kind">What the lines are: members are <see cref="OpeningMember"/>, else CloudEvents.</param>
/// <param name="ResumedAt">Lines that an earlier, interrupted run had confirmed and that will not come
/// again.</param>
public sealed record ImportRun(string Id, ImportKind Kind, long ResumedAt);
