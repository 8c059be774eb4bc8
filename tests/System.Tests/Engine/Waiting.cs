namespace MallVip.System.Tests.Engine;

/// <summary>Waits, without sleeping, for what other threads are about to do.</summary>
internal static class Waiting
{
    public static Task ForAsync(Func<bool> condition) => ForAsync(() => Task.FromResult(condition()));

    public static Task ForAsync(Func<Task<bool>> condition) => ForAsync(condition, TimeSpan.Zero);

    /// <summary>As <see cref="ForAsync(Func{bool})"/>, leaving the processor to other processes.</summary>
    public static Task PatientlyAsync(Func<bool> condition) =>
        PatientlyAsync(() => Task.FromResult(condition()));

    /// <inheritdoc cref="PatientlyAsync(Func{bool})"/>
    public static Task PatientlyAsync(Func<Task<bool>> condition) =>
        ForAsync(condition, TimeSpan.FromMilliseconds(20));

    private static async Task ForAsync(Func<Task<bool>> condition, TimeSpan pause)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.True(waited < EngineHost.Patience, "It never came true.");
            if (pause == TimeSpan.Zero)
                await Task.Yield();
            else
                await Task.Delay(pause, TimeProvider.System);
        }
    }
}
