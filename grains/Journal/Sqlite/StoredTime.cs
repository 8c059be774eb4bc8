namespace MallVip.Grains.Journal;

/// <summary>Times in the files: 100 ns since 1970-01-01 UTC (in SQL: <c>datetime(at / 10000000,
/// 'unixepoch')</c>).</summary>
internal static class StoredTime
{
    public static long From(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset To(long stored) =>
        new(stored + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
