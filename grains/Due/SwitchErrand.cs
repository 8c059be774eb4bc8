using MallVip.Grains.Background;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Due;

/// <summary>
/// Background work that is to be done at the start and again after each change of the programme. Runs one at
/// a time, on one silo at a time: another begins when that one has ended, and finds how much is left. Changes
/// that come while one is under way are served by one more. What fails is tried again.
/// </summary>
/// <param name="name">What silos that share the journal call it.</param>
/// <param name="journal">What they share.</param>
/// <param name="programmes">Whose changes count.</param>
/// <param name="time">Measures <see cref="RetryAfter"/>.</param>
/// <param name="work">What to do.</param>
/// <param name="failed">Told of each failure.</param>
internal sealed class SwitchErrand(
    string name, IJournal journal, ProgrammeHost programmes, TimeProvider time,
    Func<CancellationToken, Task> work, Action<Exception> failed)
        : IAsyncDisposable
{
    /// <summary>How often it is looked whether the silo that does it has ended.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>How long after a failure it is tried again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly BackgroundWork _background = new();
    private readonly SemaphoreSlim _wanted = new(1, 1);

    public void Start()
    {
        programmes.Switched += OnSwitched;
        _background.Start(RunAsync);
    }

    /// <summary>Ends early; what is left is done after the next start. May be called again.</summary>
    public Task StopAsync()
    {
        programmes.Switched -= OnSwitched;
        return _background.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _background.DisposeAsync();
        _wanted.Dispose();
    }

    private void OnSwitched(object? sender, Programme programme)
    {
        try
        {
            _wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has not begun with the change before: one run serves both.
            return;
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await _wanted.WaitAsync(_background.Stopping);
            while (!await TryAsync())
                await Task.Delay(RetryAfter, time, _background.Stopping);
        }
    }

    private async Task<bool> TryAsync()
    {
        try
        {
            await using (await TakeAsync())
                await work(_background.Stopping);
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !_background.IsEnd(failure))
        {
            failed(failure);
            return false;
        }
    }

    private async Task<IAsyncDisposable> TakeAsync()
    {
        IAsyncDisposable? mine;
        while ((mine = await journal.TryTakeWorkAsync(name, _background.Stopping)) is null)
            await Task.Delay(LookEvery, TimeProvider.System, _background.Stopping);
        return mine;
    }
}
