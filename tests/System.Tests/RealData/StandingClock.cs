namespace MallVip.System.Tests.RealData;

/// <summary>A clock that shows one instant; timers run as ever.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
