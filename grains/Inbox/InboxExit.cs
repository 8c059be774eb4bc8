using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Inbox;

/// <summary>Takes rows out of the inbox when their events have their outcomes, many to a commit.</summary>
/// <param name="left">Told how many rows are no longer under way.</param>
internal sealed partial class InboxExit(
    IInboxStore store, EventInbox inbox, TimeProvider time, ILogger log, Action<int> left,
    CancellationToken stopping)
{
    private const int MostInBatch = 1_024;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Gathering<InboxEnd> _ends =
        new(ends => SettleAsync(store, inbox, time, log, left, ends, stopping), MostInBatch);

    /// <summary>An entry of the journal tells what became of the event.</summary>
    public void Done(InboxRow row) => _ends.Add(new(row.Pos, null));

    public void Refuse(InboxRow row, Refusal refusal) => _ends.Add(new(
        row.Pos, new(row.Event.Key, time.GetUtcNow(), RefusalJson.Write(refusal))));

    /// <summary>What is not settled when the silo stops is delivered again by the next start.</summary>
    private static async Task SettleAsync(
        IInboxStore store, EventInbox inbox, TimeProvider time, ILogger log, Action<int> left,
        IReadOnlyList<InboxEnd> ends, CancellationToken stopping)
    {
        while (!await TrySettleAsync(store, ends, log) && !stopping.IsCancellationRequested)
            await Task.Delay(TryAgainAfter, time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        inbox.Left(ends.Count);
        left(ends.Count);
    }

    private static async Task<bool> TrySettleAsync(
        IInboxStore store, IReadOnlyList<InboxEnd> ends, ILogger log)
    {
        try
        {
            await store.SettleInboxAsync(ends);
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            NotSettled(log, ends.Count, failure);
            return false;
        }
    }

    [LoggerMessage(4, LogLevel.Error, "{Count} events could not be taken out of the inbox; trying again")]
    private static partial void NotSettled(ILogger log, int count, Exception failure);
}
