namespace MallVip.Grains.Journal;

/// <summary>A grain's state after its entry <paramref name="Seq"/>, in the format
/// <paramref name="Schema"/>.</summary>
public sealed record Snapshot(GrainKey Grain, long Seq, int Schema, ReadOnlyMemory<byte> State);
