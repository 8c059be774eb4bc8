namespace MallVip.Grains.Journal;

/// <summary>A due row that is to be no later than an instant.</summary>
/// <param name="Seq">The newest entry from which the instant was read.</param>
public readonly record struct DueAdvance(GrainKey Grain, long Seq, DateTimeOffset At);
