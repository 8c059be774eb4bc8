namespace MallVip.Bench;

/// <summary>A clock that goes a stride on whenever it is asked: so that a year of events is made in
/// seconds.</summary>
internal sealed class StridingClock(DateTimeOffset from, TimeSpan stride) : TimeProvider
{
    private long _asked;

    public override DateTimeOffset GetUtcNow() => from + (stride * Interlocked.Increment(ref _asked));
}
