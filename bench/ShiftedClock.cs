namespace MallVip.Bench;

/// <summary>The machine's clock, at another instant; it goes as fast.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _shift;

    /// <summary>It is this instant now.</summary>
    public void Set(DateTimeOffset now) => _shift = now - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}
