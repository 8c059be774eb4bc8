using System.Globalization;
using MallVip.Grains.Journal;
using MallVip.Rules.Events;

namespace MallVip.Grains.Reports;

/// <summary>
/// Events that nobody has claimed, that are being delivered, that wait for their store or their purchase, and
/// refunds that waited and took nothing back. Of the last those of the days asked for; of the others all.
/// </summary>
internal sealed class WaitingReport(ReportOrder order) : IReport
{
    private readonly ParkedBook _parked = new();
    private readonly KeptBook _kept = new();
    private readonly List<object?[]> _ended = [];

    public void Visit(in MemberEntry entry)
    {
        foreach (var (fact, happened) in _parked.Follow(entry))
            if (ParkedBook.EndOf(fact) is { } what && happened is not null && order.Holds(entry.Day))
                _ended.Add(Row(
                    what, entry.Entry.At, happened, $"member:{entry.Member}", entry.Entry.Seq, null));
    }

    public void VisitIdentity(JournalEntry entry) => _kept.Follow(entry);

    public ReportTable Finish() => ReportTable.Sorted(
        ["what", "since", "type", "store", "receipt", "refund", "paid", "source", "id", "with", "entry",
            "until"],
        5,
        _parked.Waiting.Select(waits => Row(
                waits.Value.What, waits.Value.Since, waits.Value.Event, $"member:{waits.Key.Member}",
                waits.Key.Entry, waits.Value.Until))
            .Concat(_kept.Waiting.Select(waits => Row(
                waits.IsPromised ? "being-delivered" : "unclaimed", waits.Since, waits.Event.Event,
                $"identity:{waits.Identity.Id:x32}", null, null)))
            .Concat(_ended));

    private static object?[] Row(
        string what, DateTimeOffset since, MallEvent happened, string with, long? entry,
        DateTimeOffset? until)
    {
        var name = ReceiptName.Of(happened);
        return
        [
            what, Instant(since), happened.Type, name?.Store, name?.Receipt, name?.Refund, name?.Paid.Amount,
            happened.Source, happened.Id, with, entry, until is { } end ? Instant(end) : null,
        ];
    }

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
