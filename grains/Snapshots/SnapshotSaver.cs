using System.Threading.Channels;
using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Snapshots;

/// <summary>
/// Saves states of grains in the background, many in one transaction. A snapshot is a saving of time, nothing
/// more: when the queue is full it is dropped, and the grain folds a few more entries at its next activation.
/// </summary>
public sealed partial class SnapshotSaver(ISnapshotStore store, ILogger<SnapshotSaver> log) : IAsyncDisposable
{
    /// <summary>How many entries a grain writes before its next snapshot is worth its price.</summary>
    public const int EntriesBetween = 32;

    private const int QueueLength = 16_384;
    private const int BatchLength = 1_024;

    private readonly Channel<Snapshot> _queue = Channel.CreateBounded<Snapshot>(
        new BoundedChannelOptions(
            QueueLength)
        { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = SaveAllAsync();

    /// <summary>Queues a snapshot of durable state, or drops it.</summary>
    public void Offer(Snapshot snapshot) => _queue.Writer.TryWrite(snapshot);

    /// <summary>A snapshot cannot be read: its grain begins without it.</summary>
    public void TellUnreadable(GrainKey grain, Exception failure) => Unreadable(log, grain, failure);

    /// <summary>Saves what is queued and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task SaveAllAsync()
    {
        await Task.Yield();
        while (await _queue.Reader.WaitToReadAsync())
        {
            var batch = new List<Snapshot>();
            while (batch.Count < BatchLength && _queue.Reader.TryRead(out var snapshot))
                batch.Add(snapshot);
            await SaveAsync(batch);
        }
    }

    private async Task SaveAsync(List<Snapshot> batch)
    {
        try
        {
            await store.SaveSnapshotsAsync(batch);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            NotSaved(log, batch.Count, failure);
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning, "{Count} snapshots were not saved; the grains will fold more entries")]
    private static partial void NotSaved(ILogger log, int count, Exception failure);

    [LoggerMessage(
        2, LogLevel.Warning, "The snapshot of {Grain} cannot be read; all of its entries are folded")]
    private static partial void Unreadable(ILogger log, GrainKey grain, Exception failure);
}
