using System.Collections.Immutable;
using System.Globalization;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Members;

/// <summary>Reads a member's tier changes, newest first.</summary>
internal sealed class TierHistory(MemberDesk desk, Func<Programme> programme)
{
    private const int EntriesAtOnce = 200;

    /// <summary>Most entries change no tier: they are passed over, but not without end.</summary>
    private const int MaxEntries = 5000;

    /// <summary>A page of about <paramref name="limit"/> changes: those of one entry stay together. Null: no
    /// such member.</summary>
    /// <param name="before">Only entries below this number; null: from the newest.</param>
    public async Task<TierHistoryBody?> ReadAsync(
        MemberId member, long? before, int limit, CancellationToken cancellation)
    {
        var changes = ImmutableArray.CreateBuilder<TierHistoryLineBody>();
        for (var read = 0; changes.Count < limit && read < MaxEntries; read += EntriesAtOnce)
        {
            if (await desk.HistoryAsync(member, before, EntriesAtOnce, cancellation) is not { } page)
                return null;
            before = Enter(changes, page, limit);
            if (before is null)
                break;
        }

        return new(member, changes.ToImmutable(), before?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Where the next page begins; null: there is none.</summary>
    private long? Enter(
        ImmutableArray<TierHistoryLineBody>.Builder changes, MemberReading.Page page, int limit)
    {
        foreach (var entry in page.Entries)
        {
            for (var i = entry.Body.Facts.Length - 1; i >= 0; i--)
                if (entry.Body.Facts[i] is Fact.TierChanged change)
                    changes.Add(Of(entry, change, EntryLines.NumberOf(entry.Body.Facts, i)));
            if (changes.Count >= limit)
                return entry.Seq > 1 ? entry.Seq : null;
        }

        return page.Next;
    }

    private TierHistoryLineBody Of(HistoryEntry entry, Fact.TierChanged change, int line)
    {
        var zone = programme().Zone;
        return new()
        {
            From = change.From,
            To = change.To,
            At = TimeZoneInfo.ConvertTime(change.At, zone),
            Until = change.Until is { } until ? TimeZoneInfo.ConvertTime(until, zone) : null,
            Cause = change.Cause,
            Earned = change.Grant?.Earned?.Tier,
            Rule = change.Why?.Rule,
            Reason = entry.Body.Command switch
            {
                MemberCommand.GrantTier grant when change.Cause is "hand" => grant.Reason,
                MemberCommand.EndTierGrant end when change.Cause is "hand" => end.Reason,
                _ => null,
            },
            Actor = entry.Actor,
            RulesVersion = entry.RulesVersion,
            Event = LedgerBook.EventOf(entry),
            Seq = entry.Seq,
            Line = line,
        };
    }
}
