using MallVip.Client.Wire;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Members;

/// <summary>Reads when and why a member's tags came and went, newest first.</summary>
internal sealed class TagHistory(MemberHistory history, Func<Programme> programme)
{
    /// <inheritdoc cref="MemberHistory.ReadAsync"/>
    public async Task<TagHistoryBody?> ReadAsync(
        MemberId member, long? before, int limit, CancellationToken cancellation) =>
        await history.ReadAsync(member, before, limit, Tell, cancellation) is { } page
            ? new(member, page.Lines, page.Next)
            : null;

    private IEnumerable<TagHistoryLineBody> Tell(HistoryEntry entry, Fact fact, int line) => fact switch
    {
        Fact.TagAdded added => [Of(entry, line, added.Tag, "added", added.Why) with
        {
            Until = added.Until is { } until ? TimeZoneInfo.ConvertTime(until, programme().Zone) : null,
        }],
        Fact.TagRemoved removed => [Of(entry, line, removed.Tag, "removed", removed.Why) with
        {
            Cause = removed.Cause,
        }],
        Fact.Absorbed absorbed => absorbed.State.Tags.Reverse().Select(tag =>
            Of(entry, line, tag.Tag, "added", null) with { Cause = "merge" }),
        _ => [],
    };

    private TagHistoryLineBody Of(
        HistoryEntry entry, int line, string tag, string what, RuleRef? why) => new()
        {
            Tag = tag,
            What = what,
            At = TimeZoneInfo.ConvertTime(entry.At, programme().Zone),
            Cause = why is null ? "hand" : "rule",
            Rule = why?.Rule,
            Reason = entry.Body.Command switch
            {
                MemberCommand.AddTag add when add.Tag == tag => add.Reason,
                MemberCommand.RemoveTag remove when remove.Tag == tag => remove.Reason,
                _ => null,
            },
            Actor = entry.Actor,
            Event = LedgerBook.EventOf(entry),
            Seq = entry.Seq,
            Line = line == 0 ? null : line,
        };
}
