namespace MallVip.Grains.Tests.Runtime;

/// <summary>Waits, without sleeping, for what other threads are about to do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task True(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "It never came true.");
            await Task.Yield();
        }
    }

    public static async Task True(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "It never came true.");
    }
}
