using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Grains.Programmes;

/// <summary>
/// Compiles programmes, one at a time, on a thread of its own: a thousand rules take half a second that no
/// event should wait for. It remembers the expressions of the version before. Thread-safe.
/// </summary>
/// <param name="matchers">Makes the matchers; null: MallVip's own network.</param>
public sealed class ProgrammeWorkshop(IMatcherBuilder? matchers = null)
{
    private readonly ProgrammeLoader _loader = new(matchers);
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Checks files, compiles them and runs their cases.</summary>
    public Task<ProgrammeResult> LoadAsync(ProgrammeFiles files) => Queue(() => _loader.Load(files));

    /// <summary>Compiles a version from the archive; its cases gated it when it was published.</summary>
    public Task<ProgrammeResult> LoadPublishedAsync(IReadOnlyDictionary<string, string> sources) =>
        Queue(() => new ProgrammeLoader(matchers).LoadPublished(sources));

    /// <summary>Any other long work on files.</summary>
    public Task<T> Queue<T>(Func<T> work)
    {
        lock (_gate)
        {
            var next = After(_last, work);
            _last = next;
            return next;
        }
    }

    private static async Task<T> After<T>(Task before, Func<T> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Finish(done, work)) { Name = "programme workshop", IsBackground = true }.Start();
        return await done.Task;
    }

    private static void Finish<T>(TaskCompletionSource<T> done, Func<T> work)
    {
        try
        {
            done.SetResult(work());
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            done.SetException(failure);
        }
    }
}
