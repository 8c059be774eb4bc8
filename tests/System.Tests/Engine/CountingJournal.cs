using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;

namespace MallVip.System.Tests.Engine;

/// <summary>Counts the entries that are read as a grain's.</summary>
/// <param name="of">Of which grains; null: of all.</param>
internal sealed class CountingJournal(IJournal inner, GrainKind? of = null)
    : ForwardingJournal(inner, owns: false)
{
    public int Read { get; set; }

    public override async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default)
    {
        var entries = await base.ReadAsync(grain, afterSeq, cancel);
        if (of is null || grain.Kind == of)
            Read += entries.Count;
        return entries;
    }
}
