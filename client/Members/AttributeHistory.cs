using System.Globalization;
using MallVip.Client.Wire;
using MallVip.Grains.Members;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Members;

/// <summary>Reads how a member's attributes came about, newest first; of personal ones only that they
/// changed. </summary>
internal sealed class AttributeHistory(MemberHistory history, Func<Programme> programme)
{
    /// <inheritdoc cref="MemberHistory.ReadAsync"/>
    public async Task<AttributeHistoryBody?> ReadAsync(
        MemberId member, long? before, int limit, CancellationToken cancellation) =>
        await history.ReadAsync(member, before, limit, Tell, cancellation) is { } page
            ? new(member, page.Lines, page.Next)
            : null;

    private IEnumerable<AttributeHistoryLineBody> Tell(HistoryEntry entry, Fact fact, int line) => fact switch
    {
        Fact.AttributeSet set => [Of(entry, set.Name, set.Value, set.Why) with
        {
            Line = line == 0 ? null : line,
        }],
        Fact.Enrolled { Attributes: { } values } => values.Reverse().Select(
            value => Of(entry, value.Key, value.Value, null)),
        _ => [],
    };

    /// <summary>Of a birthday, which is kept with the year 4, month and day only.</summary>
    private static string? Shown(FieldValue? value) => value switch
    {
        null or FieldValue.Handle => null,
        FieldValue.Date { Value: { Year: 4 } day } => day.ToString("MM-dd", CultureInfo.InvariantCulture),
        _ => FieldText.Of(value),
    };

    private AttributeHistoryLineBody Of(HistoryEntry entry, string name, FieldValue? value, RuleRef? why) =>
        new()
        {
            Name = name,
            Value = Shown(value),
            Personal = value is FieldValue.Handle ? true : null,
            At = TimeZoneInfo.ConvertTime(entry.At, programme().Zone),
            Rule = why?.Rule,
            Actor = entry.Actor,
            Event = LedgerBook.EventOf(entry),
            Seq = entry.Seq,
        };
}
