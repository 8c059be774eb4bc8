using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;

namespace MallVip.System.Tests.Publishing;

/// <summary>A store that holds a sweep up, or fails it.</summary>
internal sealed class SlowJournal(IJournal inner) : ForwardingJournal(inner)
{
    private readonly SemaphoreSlim _gate = new(1);
    private int _waiting;
    private int _done;
    private int _failed;

    /// <summary>How many rows are moved before the store fails.</summary>
    public int FailAfter { get; set; } = int.MaxValue;

    /// <summary>Moves that wait for <see cref="Release"/>, or have waited.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public int Done => Volatile.Read(ref _done);

    public int Failed => Volatile.Read(ref _failed);

    public void Hold() => _gate.Wait();

    public void Release() => _gate.Release();

    public override async ValueTask AdvanceDueAsync(
        IReadOnlyList<DueAdvance> rows, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _waiting);
        await _gate.WaitAsync(cancel);
        _gate.Release();
        foreach (var row in rows)
        {
            if (Done >= FailAfter)
            {
                Interlocked.Increment(ref _failed);
                throw new IOException("The disk failed.");
            }

            await Inner.AdvanceDueAsync([row], cancel);
            Interlocked.Increment(ref _done);
        }
    }
}
