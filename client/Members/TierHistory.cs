using MallVip.Client.Wire;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Members;

/// <summary>Reads a member's tier changes, newest first.</summary>
internal sealed class TierHistory(MemberHistory history, Func<Programme> programme)
{
    /// <inheritdoc cref="MemberHistory.ReadAsync"/>
    public async Task<TierHistoryBody?> ReadAsync(
        MemberId member, long? before, int limit, CancellationToken cancellation) =>
        await history.ReadAsync(member, before, limit, Tell, cancellation) is { } page
            ? new(member, page.Lines, page.Next)
            : null;

    private IEnumerable<TierHistoryLineBody> Tell(HistoryEntry entry, Fact fact, int line) =>
        fact is Fact.TierChanged change ? [Of(entry, change, line)] : [];

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
