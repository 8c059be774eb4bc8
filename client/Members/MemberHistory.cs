using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Desk;
using MallVip.Grains.Members;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Members;

/// <summary>Reads what facts of one kind say of a member's past, newest first.</summary>
internal sealed class MemberHistory(MemberDesk desk)
{
    private const int EntriesAtOnce = 200;

    /// <summary>Most entries have no such fact: they are passed over, but not without end.</summary>
    private const int MaxEntries = 5000;

    /// <summary>A page of about <paramref name="limit"/> lines: those of one entry stay together. Null: no
    /// such member.</summary>
    /// <param name="before">Only entries below this number; null: from the newest.</param>
    /// <param name="tell">What a fact of an entry says; nothing: it is none of the kind. Its last argument is
    /// the number by which <c>why</c> is asked, 0: it cannot be.</param>
    /// <typeparam name="TLine">A line of the answer.</typeparam>
    /// <returns>The lines, and where the next page begins.</returns>
    public async Task<(ImmutableArray<TLine> Lines, string? Next)?> ReadAsync<TLine>(
        MemberId member, long? before, int limit, Func<HistoryEntry, Fact, int, IEnumerable<TLine>> tell,
        CancellationToken cancellation)
    {
        var lines = ImmutableArray.CreateBuilder<TLine>();
        for (var read = 0; lines.Count < limit && read < MaxEntries; read += EntriesAtOnce)
        {
            if (await desk.HistoryAsync(member, before, EntriesAtOnce, cancellation) is not { } page)
                return null;
            before = Enter(lines, page, limit, tell);
            if (before is null)
                break;
        }

        return (lines.ToImmutable(), before?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Where the next page begins; null: there is none.</summary>
    private static long? Enter<TLine>(
        ImmutableArray<TLine>.Builder lines, MemberReading.Page page, int limit,
        Func<HistoryEntry, Fact, int, IEnumerable<TLine>> tell)
    {
        foreach (var entry in page.Entries)
        {
            var facts = entry.Body.Facts;
            for (var i = facts.Length - 1; i >= 0; i--)
                lines.AddRange(tell(entry, facts[i], EntryLines.NumberOf(facts, i)));
            if (lines.Count >= limit)
                return entry.Seq > 1 ? entry.Seq : null;
        }

        return page.Next;
    }
}
