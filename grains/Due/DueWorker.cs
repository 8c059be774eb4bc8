using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Due;

/// <summary>
/// Wakes grains that have work: sleeps until the earliest due row, claims a handful, pokes them, and goes on. A
/// poke that fails leaves its claim to lapse; the row is claimed again then.
/// </summary>
public sealed partial class DueWorker(
    IDueStore due, IGrainFactory grains, TimeProvider time, ILogger<DueWorker> log) : ICommitObserver, IAsyncDisposable
{
    /// <summary>Rows per claim.</summary>
    public const int BatchLength = 256;

    /// <summary>How long a claim lasts when its poke does not come back.</summary>
    public static readonly TimeSpan ClaimFor = TimeSpan.FromSeconds(30);

    /// <summary>The longest sleep, so that a moved clock is noticed.</summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _earlier = NewSignal();
    private DateTimeOffset _sleepingUntil = DateTimeOffset.MaxValue;
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = WorkAsync();

    /// <inheritdoc/>
    public void OnCommitted(JournalBatch batch, ReadOnlySpan<long> places)
    {
        foreach (var entry in batch.Entries)
        {
            if (entry.NextDue.Action is DueAction.Earlier or DueAction.Exact)
                WakeBefore(entry.NextDue.At);
        }
    }

    /// <inheritdoc/>
    public void OnFailed(EntryDraft draft, AppendFailedException error)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        await Task.Yield();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (!await PokeDueAsync())
                    await SleepAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is JournalException or IOException)
            {
                ClaimFailed(log, failure);
                await PauseAsync();
            }
        }
    }

    /// <summary>Claims and pokes one handful; false when nothing was due.</summary>
    private async Task<bool> PokeDueAsync()
    {
        var now = time.GetUtcNow();
        var rows = await due.ClaimDueAsync(now, BatchLength, now + ClaimFor, _stop.Token);
        await Task.WhenAll(rows.Select(PokeAsync));
        return rows.Count > 0;
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
                _ => throw new InvalidOperationException($"Nothing is ever due for {row.Grain}."),
            });
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            PokeFailed(log, row.Grain, failure);
        }
    }

    private async Task SleepAsync()
    {
        var now = time.GetUtcNow();
        var latest = now + LongestSleep;
        var signal = Arm(latest);
        var next = await due.NextDueAsync(_stop.Token);
        var until = next < latest ? next.Value : latest;
        if (until <= now || signal.IsCompleted)
            return;
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        WakeBefore(until, set: true);
        var timer = Task.Delay(until - now, time, wake.Token);
        await Task.WhenAny(timer, signal);
        await wake.CancelAsync();
        _stop.Token.ThrowIfCancellationRequested();
    }

    private Task PauseAsync() =>
        Task.Delay(TimeSpan.FromSeconds(1), time, _stop.Token).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private Task Arm(DateTimeOffset latest)
    {
        lock (_gate)
        {
            _earlier = NewSignal();
            _sleepingUntil = latest;
            return _earlier.Task;
        }
    }

    private void WakeBefore(DateTimeOffset at, bool set = false)
    {
        lock (_gate)
        {
            if (set)
                _sleepingUntil = at;
            else if (at < _sleepingUntil)
                _earlier.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(1, LogLevel.Error, "Due rows could not be claimed; trying again")]
    private static partial void ClaimFailed(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "Due work of {Grain} failed; it is tried again")]
    private static partial void PokeFailed(ILogger log, GrainKey grain, Exception failure);
}
