using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

/// <summary>Appends to a store without a writer.</summary>
internal static class Batches
{
    public static async Task<long[]> AppendAsync(this IJournal journal, params EntryDraft[] drafts)
    {
        var last = await journal.WriterStateAsync();
        var root = BatchRoot.Compute(
            last.Root, last.Writer, last.Batch + 1, drafts.Select(d => d.Hash).ToArray());
        return await journal.AppendBatchAsync(new JournalBatch(last.Writer, last.Batch + 1, root, drafts));
    }
}
