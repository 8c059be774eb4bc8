using MallVip.Grains.Background;
using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Programmes;

/// <summary>
/// Where silos share a journal, brings this one what was published through another. A publish takes effect
/// <see cref="Grace"/> later at the earliest, and a silo that has not looked for so long decides nothing: so
/// no event is decided by rules that were replaced before it came.
/// </summary>
public sealed partial class ProgrammeFollower(
    IJournal journal, ProgrammeHost host, ILogger<ProgrammeFollower> log) : IAsyncDisposable
{
    /// <summary>From a publish to its effect, at least.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly BackgroundWork _work = new();
    private long _seen;

    /// <summary>Looks once and then goes on looking; does nothing on a journal that is not shared.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (!journal.IsShared)
            return;
        host.TrustFor(Grace);
        await LookAsync(cancellation);
        _work.Start(FollowAsync);
    }

    /// <summary>May be called again.</summary>
    public Task StopAsync() => _work.StopAsync();

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private async Task FollowAsync()
    {
        while (true)
        {
            await Task.Delay(LookEvery, TimeProvider.System, _work.Stopping);
            try
            {
                await LookAsync(_work.Stopping);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !_work.IsEnd(failure))
            {
                NotSeen(log, failure);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var looked = TimeProvider.System.GetTimestamp();
        var newest = await journal.HeadAsync(ProgrammeHistory.Grain, cancellation);
        if (newest.Seq != _seen)
        {
            await host.FollowAsync(await ProgrammeHistory.ReadAsync(journal, cancellation));
            _seen = newest.Seq;
        }

        host.Looked(looked);
    }

    [LoggerMessage(1, LogLevel.Warning, "What was published could not be looked up; trying again")]
    private static partial void NotSeen(ILogger log, Exception failure);
}
