namespace MallVip.Grains.Journal;

/// <summary>A stretch of the journal in its order, and where to go on. Empty at the end of what is
/// committed.</summary>
public sealed record TailPage(IReadOnlyList<JournalEntry> Entries, TailPosition Next);

/// <summary>A stretch of the journal's keys only: each with the place of its entry.</summary>
/// <param name="Keys">Every key and extra key of the stretch, in the journal's order.</param>
/// <param name="Next">Where to go on; equal to the start when nothing more is committed.</param>
public sealed record KeyPage(IReadOnlyList<KeyAt> Keys, TailPosition Next);
