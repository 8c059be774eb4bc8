using System.Collections.Immutable;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Batches;

/// <summary>The way to lists of actions: hand in, look, approve, take back. Thread-safe.</summary>
public sealed class BatchDesk(IGrainFactory grains, Pseudonym pseudonym, IJournal journal)
{
    /// <summary>Lists that had ended when they were last shown, each as of its newest entry then.</summary>
    private volatile ImmutableDictionary<string, (long Seq, BatchView View)> _ended =
        ImmutableDictionary<string, (long, BatchView)>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Rows in one entry while a list is handed in.</summary>
    private const int PartLength = 1_000;

    /// <summary>How many lists are shown, of those that were handed in last.</summary>
    private const int Shown = 100;

    /// <summary>Hands a list in. Nothing is done before it is approved.</summary>
    /// <param name="rows">In the order of their lines.</param>
    /// <param name="wrong">Rows that cannot be carried out.</param>
    /// <param name="fourEyes">Whether somebody else must approve it.</param>
    /// <returns>The list's id, which follows from the call's key, and what it is; null: another list was
    /// handed in under the key.</returns>
    public async Task<(string Id, BatchView? View)> OpenAsync(
        DeskCall call, string reason, ImmutableArray<BatchRow> rows, ImmutableArray<BatchFault> wrong,
        bool fourEyes)
    {
        var id = EventKey.ForCommand(call.Actor, call.Key).ToString();
        var opening = new BatchOpening(
            call.Actor, reason, rows.Length + wrong.Length, fourEyes,
            pseudonym.ContentHash(call.Content.Span));
        if (call.DryRun)
            return (id, Preview(opening, rows, wrong));
        var batch = Batch(id);
        for (var at = 0; at < rows.Length; at += PartLength)
        {
            var (from, part) = (at, rows.Slice(at, Math.Min(PartLength, rows.Length - at)));
            await Retry.OnFailedAppend(() => Added(batch.Add(from, opening.Content, part, [])));
        }

        for (var at = 0; at < wrong.Length; at += PartLength)
        {
            var (from, part) = (rows.Length + at, wrong.Slice(at, Math.Min(PartLength, wrong.Length - at)));
            await Retry.OnFailedAppend(() => Added(batch.Add(from, opening.Content, [], part)));
        }

        var view = await Retry.OnFailedAppend(() => batch.Open(opening));
        await Retry.OnFailedAppend(() => Added(Book.Note(id)));
        return (id, view);
    }

    /// <summary>Null: there is no such list.</summary>
    public async Task<BatchView?> ReadAsync(string id) =>
        IsId(id) && await Retry.OnFailedAppend(Batch(id).Read) is { Status: not BatchStatus.None } view
            ? view : null;

    /// <summary>The newest lists first, with counts instead of rows.</summary>
    /// <param name="status">Null: of any.</param>
    public async Task<ImmutableArray<(string Id, BatchView View)>> ListAsync(BatchStatus? status)
    {
        var found = ImmutableArray.CreateBuilder<(string, BatchView)>();
        var (known, ended) = (_ended, _ended.Clear().ToBuilder());
        foreach (var id in (await Retry.OnFailedAppend(Book.Read)).Take(Shown))
        {
            // Asked before the list is: what is remembered is never older than its number says.
            var seq = (await journal.HeadAsync(BatchGrain.PlaceOf(id))).Seq;
            var view = known.TryGetValue(id, out var kept) && kept.Seq == seq
                ? kept.View
                : await Retry.OnFailedAppend(Batch(id).ReadBrief);
            if (view.Status is BatchStatus.Declined or BatchStatus.Done or BatchStatus.Cancelled
                or BatchStatus.Undone)
                ended[id] = (seq, view);
            if (view.Status != BatchStatus.None && (status is null || view.Status == status))
                found.Add((id, view));
        }

        _ended = ended.ToImmutable();
        return found.ToImmutable();
    }

    /// <inheritdoc cref="IBatchGrain.Decide"/>
    public Task<BatchAnswer> DecideAsync(string id, BatchDecision decision) => IsId(id)
        ? Retry.OnFailedAppend(() => Batch(id).Decide(decision))
        : Task.FromResult(new BatchAnswer(null, BatchRefusal.None));

    private IBatchBookGrain Book => grains.GetGrain<IBatchBookGrain>(IBatchBookGrain.Key);

    private IBatchGrain Batch(string id) => grains.GetGrain<IBatchGrain>(id);

    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    private static async Task<bool> Added(Task adding)
    {
        await adding;
        return true;
    }

    private static BatchView Preview(
        BatchOpening opening, ImmutableArray<BatchRow> rows, ImmutableArray<BatchFault> wrong) => new()
        {
            Status = BatchStatus.Waiting,
            By = opening.By,
            Reason = opening.Reason,
            FourEyes = opening.FourEyes,
            Good = rows.Length,
            Wrong = BatchFaults.Of(wrong),
            Sums = BatchSum.Of(rows),
        };
}
