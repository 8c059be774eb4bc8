namespace MallVip.System.Tests.Engine;

/// <summary>Waits, without sleeping, for what other threads are about to do.</summary>
internal static class Waiting
{
    public static Task ForAsync(Func<bool> condition) => ForAsync(() => Task.FromResult(condition()));

    public static async Task ForAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.True(waited < EngineHost.Patience, "It never came true.");
            await Task.Yield();
        }
    }
}
