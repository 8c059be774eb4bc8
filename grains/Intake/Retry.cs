using MallVip.Grains.Journal;

namespace MallVip.Grains.Intake;

/// <summary>
/// Repeats a grain call whose append failed: the grain has been reloaded by then, and the idempotency key
/// makes the repeat harmless.
/// </summary>
public static class Retry
{
    /// <summary>Tries in all.</summary>
    public const int Tries = 4;

    public static async Task<T> OnFailedAppend<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (AppendFailedException failure) when (failure.IsRetriable && attempt < Tries)
            {
                await Task.Yield();
            }
        }
    }
}
