namespace MallVip.Grains.Journal;

/// <summary>An event on its way into the inbox.</summary>
/// <param name="Key">The event's own key; several rows may have the same one.</param>
/// <param name="Arrived">When it was received.</param>
/// <param name="Actor">Who sent it; never a person's data.</param>
/// <param name="RulesVersion">The programme that it was read by.</param>
/// <param name="Body">The event, sealed: it may hold personal data.</param>
public sealed record InboxDraft(
    EventKey Key, DateTimeOffset Arrived, string Actor, string RulesVersion, ReadOnlyMemory<byte> Body);

/// <summary>An event that waits in the inbox.</summary>
/// <param name="Pos">Its place: 1 or more, larger than that of any row before it.</param>
/// <param name="Event">What was put there.</param>
public sealed record InboxRow(long Pos, InboxDraft Event);

/// <summary>A row that is done with.</summary>
/// <param name="Pos">Its place.</param>
/// <param name="Refusal">How it was refused; null: an entry of the journal tells what became of it.</param>
public sealed record InboxEnd(long Pos, InboxRefusal? Refusal);

/// <summary>How an event was refused, for whoever asks later.</summary>
/// <param name="Key">The event's own key.</param>
/// <param name="At">When it was refused.</param>
/// <param name="Body">The refusal, as JSON.</param>
public sealed record InboxRefusal(EventKey Key, DateTimeOffset At, ReadOnlyMemory<byte> Body);

/// <summary>What the inbox knows of an event's key.</summary>
/// <param name="Waits">A row with this key waits.</param>
/// <param name="Refusal">The newest refusal of the key; null: none is remembered.</param>
public readonly record struct InboxTrace(bool Waits, InboxRefusal? Refusal);
