namespace MallVip.Grains.Journal;

/// <summary>A grain's state after its entry <paramref name="Seq"/>, in the format
/// <paramref name="Schema"/>.</summary>
public sealed record Snapshot(GrainKey Grain, long Seq, int Schema, ReadOnlyMemory<byte> State)
{
    /// <summary>It is kept beside later ones, for looks into the past. Default: it replaces the grain's older
    /// one.</summary>
    public bool IsMilestone { get; init; }
}
