using MallVip.Grains.Background;
using MallVip.Grains.Batches;
using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Runs;
using MallVip.Grains.Parking;
using MallVip.Grains.Slips;
using MallVip.Grains.Stock;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Due;

/// <summary>
/// Wakes grains that have work: sleeps until the earliest due row, claims a handful, pokes them, and goes on.
/// Rows of members that an open run has touched are left alone until it ends.
/// A poke that fails leaves its claim to lapse; the row is claimed again then.
/// </summary>
public sealed partial class DueWorker(
    IJournal due, DueSignal signal, OpenRuns runs, IGrainFactory grains, TimeProvider time, DueMeter meter,
    ILogger<DueWorker> log) : IAsyncDisposable
{
    /// <summary>Rows per claim.</summary>
    public const int BatchLength = 256;

    /// <summary>How long a claim lasts when its poke does not come back.</summary>
    public static readonly TimeSpan ClaimFor = TimeSpan.FromSeconds(30);

    /// <summary>The longest sleep, so that a moved clock is noticed.</summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    /// <summary>The longest sleep where other silos write rows too, and may die with them.</summary>
    public static readonly TimeSpan LongestSharedSleep = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A clock that moves so far while a sleep begins has been put forward.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromMilliseconds(10);

    private readonly bool _isShared = due.IsShared;
    private readonly BackgroundWork _work = new();

    public void Start() => _work.Start(WorkAsync);

    /// <summary>Ends after the pokes under way; may be called again.</summary>
    public Task StopAsync() => _work.StopAsync();

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private async Task WorkAsync()
    {
        while (!_work.Stopping.IsCancellationRequested)
        {
            try
            {
                if (!await PokeDueAsync())
                    await SleepAsync();
            }
            catch (Exception failure) when (failure is JournalException or IOException)
            {
                ClaimFailed(log, failure);
                await Task.Delay(RetryAfter, time, _work.Stopping);
            }
        }
    }

    /// <summary>Claims and pokes one handful; false when nothing was due.</summary>
    private async Task<bool> PokeDueAsync()
    {
        foreach (var run in runs.EndIdle())
            RunIdle(log, run, OpenRuns.IdleTimeout);
        var now = time.GetUtcNow();
        var rows = await due.ClaimDueAsync(now, BatchLength, now + ClaimFor, Held(), _work.Stopping);
        if (rows.Count == 0)
            return false;
        meter.Claimed(rows[0].At);
        await Task.WhenAll(rows.Select(PokeAsync));
        meter.Settled();
        return true;
    }

    private async Task PokeAsync(DueGrain row)
    {
        try
        {
            await (row.Grain.Kind switch
            {
                GrainKind.Member =>
                    grains.GetGrain<IMemberGrain>(new MemberId(row.Grain.Id).ToString()).Poke(),
                GrainKind.Identity =>
                    grains.GetGrain<IIdentityGrain>($"{row.Grain.Id:x32}").Poke(),
                GrainKind.Batch =>
                    grains.GetGrain<IBatchGrain>($"{row.Grain.Id:x32}").Poke(),
                GrainKind.Slip =>
                    grains.GetGrain<ISlipGrain>($"{row.Grain.Id:x32}").Poke(),
                GrainKind.CarPark =>
                    grains.GetGrain<ICarParkGrain>($"{row.Grain.Id:x32}").Poke(),
                GrainKind.Stock =>
                    grains.GetGrain<IStockGrain>($"{row.Grain.Id:x32}").Poke(),
                _ => throw new InvalidOperationException($"Nothing is ever due for {row.Grain}."),
            });
            meter.Done(row.At);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            PokeFailed(log, row.Grain, failure);
        }
    }

    private async Task SleepAsync()
    {
        var latest = time.GetUtcNow() + (_isShared ? LongestSharedSleep : LongestSleep);
        var earlier = signal.WaitBefore(latest);
        var next = await due.NextDueAsync(Held(), _work.Stopping);
        var until = next < latest ? next.Value : latest;
        signal.Narrow(until);
        var now = time.GetUtcNow();
        if (until <= now || earlier.IsCompleted)
            return;
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(_work.Stopping);
        var asleep = Task.Delay(until - now, time, wake.Token);
        // A clock that has jumped since it was read would make the sleep end too late: it is read again.
        if (time.GetUtcNow() - now < Jump)
            await Task.WhenAny(asleep, earlier);
        await wake.CancelAsync();
        _work.Stopping.ThrowIfCancellationRequested();
    }

    /// <summary>Members whose clock is that of an open run.</summary>
    private Func<GrainKey, bool>? Held() => runs.Any ? runs.Holds : null;

    [LoggerMessage(1, LogLevel.Error, "Due rows could not be claimed; trying again")]
    private static partial void ClaimFailed(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "Due work of {Grain} failed; it is tried again")]
    private static partial void PokeFailed(ILogger log, GrainKey grain, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "Run {Run} had no request for {Timeout} and was ended")]
    private static partial void RunIdle(ILogger log, string run, TimeSpan timeout);
}
