namespace MallVip.Grains.Journal;

/// <summary>A grain that has work, and since when.</summary>
public readonly record struct DueGrain(GrainKey Grain, DateTimeOffset At);
