using MallVip.Grains.Journal;

namespace MallVip.Grains.Intake;

/// <summary>
/// Repeats a grain call whose append failed or whose silo went away: the grain has been reloaded by then,
/// here or elsewhere, and the idempotency key makes the repeat harmless.
/// </summary>
public static class Retry
{
    /// <summary>Tries in all, of an append that fails.</summary>
    public const int Tries = 4;

    /// <summary>How long a silo that went away is waited for: longer than the others take to
    /// notice.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a repeated call may do better at once.</summary>
    public static bool MayHelp(Exception failure) =>
        failure is AppendFailedException { IsRetriable: true } || RuntimeFailures.IsElsewhere(failure);

    public static async Task<T> OnFailedAppend<T>(Func<Task<T>> call)
    {
        // Whether a silo is there is a matter of the system's clock, whatever clock its members live by.
        var began = TimeProvider.System.GetTimestamp();
        for (var attempt = 1; ;)
        {
            try
            {
                return await call();
            }
            catch (AppendFailedException failure) when (failure.IsRetriable && attempt < Tries)
            {
                attempt++;
                await Task.Yield();
            }
            catch (Exception gone) when (RuntimeFailures.IsElsewhere(gone) && IsPatient(began))
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    private static bool IsPatient(long began) => TimeProvider.System.GetElapsedTime(began) < Patience;
}
