namespace MallVip.Grains.Background;

/// <summary>Work beside the calls, from its start until it is asked to end. It is started once at
/// most.</summary>
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public BackgroundWork() => Stopping = _stop.Token;

    /// <summary>Cancelled when the work is to end.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Starts it; a cancellation by <see cref="Stopping"/> is its end.</summary>
    public void Start(Func<Task> work) => _work = RunAsync(work);

    /// <summary>Whether it was asked to end, and this is how the work says so; anything else is a
    /// failure.</summary>
    public bool IsEnd(Exception failure) =>
        failure is OperationCanceledException && Stopping.IsCancellationRequested;

    /// <summary>Asks it to end and waits for that; may be called again.</summary>
    /// <exception cref="Exception">What the work ended with before.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<Task> work)
    {
        await Task.Yield();
        try
        {
            await work();
        }
        catch (Exception end) when (IsEnd(end))
        {
            return;
        }
    }
}
