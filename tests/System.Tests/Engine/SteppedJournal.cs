using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;

namespace MallVip.System.Tests.Engine;

/// <summary>A store whose batches wait, each for a word of the test.</summary>
internal sealed class SteppedJournal(IJournal inner) : ForwardingJournal(inner)
{
    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _go = new(0);

    /// <summary>False (default): nothing waits.</summary>
    public bool IsStepped { get; set; }

    /// <summary>Waits until a batch waits.</summary>
    public async Task BegunAsync() => Assert.True(await _begun.WaitAsync(EngineHost.Patience));

    /// <summary>Lets one batch through.</summary>
    public void Go() => _go.Release();

    public override async ValueTask<long[]> AppendBatchAsync(
        JournalBatch batch, CancellationToken cancel = default)
    {
        if (IsStepped)
        {
            _begun.Release();
            await _go.WaitAsync(cancel);
        }

        return await Inner.AppendBatchAsync(batch, cancel);
    }
}
