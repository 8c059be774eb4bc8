using System.Collections.Immutable;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Grains.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Members;

/// <summary>Reads a member's history as ledger lines, newest first.</summary>
internal sealed class LedgerReader(MemberDesk desk, RulePlaces places, Func<Programme> programme)
{
    private const int EntriesAtOnce = 200;

    /// <summary>Entries without lines (visits, tags) are passed over, but not without end.</summary>
    private const int MaxEntries = 5000;

    /// <summary>
    /// A page of at least one entry's lines and about <paramref name="limit"/> in all: the lines of one entry
    /// stay together. Null: no such member.
    /// </summary>
    public async Task<LedgerBody?> ReadAsync(
        MemberId member, LedgerCursor? cursor, int limit, CancellationToken cancellation)
    {
        cursor ??= await NewestAsync(member, cancellation);
        if (cursor is null)
            return null;
        var book = new LedgerBook(cursor.Balances, programme().Zone);
        long? before = cursor.Before;
        for (var read = 0; before is not null && book.Count < limit &&
            read < MaxEntries; read += EntriesAtOnce)
        {
            var page = await desk.HistoryAsync(member, before, EntriesAtOnce, cancellation);
            if (page is null)
                return null;
            before = Enter(book, page, limit);
        }

        var next = before is { } rest ? new LedgerCursor(rest, book.Balances).ToString() : null;
        return await places.FillAsync(new(member, book.Lines, next));
    }

    /// <summary>Where the next page begins; null: there is none.</summary>
    private static long? Enter(LedgerBook book, MemberReading.Page page, int limit)
    {
        foreach (var entry in page.Entries)
        {
            book.Enter(entry);
            if (book.Count >= limit)
                return entry.Seq > 1 ? entry.Seq : null;
        }

        return page.Next;
    }

    private async Task<LedgerCursor?> NewestAsync(MemberId member, CancellationToken cancellation)
    {
        var view = await desk.ReadAsync(member, at: null, cancellation);
        if (view is null)
            return null;
        // Who has become a part of another has a ledger of its own still.
        if (view.Snapshot.State.Id != member)
            view = (await desk.ReadAsync(member, DateTimeOffset.MaxValue, cancellation))!;
        var balances = view.Snapshot.State.Wallets.ToImmutableSortedDictionary(
            wallet => wallet.Wallet, wallet => wallet.Balance.Value, StringComparer.Ordinal);
        return new(view.Snapshot.Seq + 1, balances);
    }
}
