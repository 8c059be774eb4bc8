using System.Globalization;
using MallVip.Rules.Audit;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Reports;

/// <summary>
/// Points that members hold at the end of the last day, by the month in which they lapse, and what they
/// cost. It stands on the auditor's accounts of every lot, not on the live code's.
/// </summary>
internal sealed class OutstandingReport(ReportOrder order) : IReport
{
    private readonly Dictionary<MemberId, LedgerAudit> _ledgers = [];
    private Programme? _newest;

    public void Visit(in MemberEntry entry)
    {
        if (order.IsAfter(entry.Day))
            return;
        if (!_ledgers.TryGetValue(entry.Member, out var ledger))
            _ledgers.Add(entry.Member, ledger = new());
        ledger.Add(entry.Entry.Seq, entry.Body);
        // What an absorbed member had is with this one from here on, though its own last entry comes later.
        foreach (var absorbed in entry.Facts.OfType<Fact.Absorbed>())
            _ledgers.Remove(absorbed.Member);
        _newest = entry.Programme;
    }

    public ReportTable Finish()
    {
        var rows =
            new Dictionary<(string Wallet, string Status, string Month), (long Points, long Members)>();
        foreach (var ledger in _ledgers.Values)
            foreach (var part in PartsOf(ledger).GroupBy(part => (part.Wallet, part.Status, part.Month)))
            {
                var (points, members) = rows.GetValueOrDefault(part.Key);
                rows[part.Key] = (points + part.Sum(one => one.Points), members + 1);
            }

        return ReportTable.Sorted(
            ["wallet", "status", "month", "points", "members", "cost"],
            3,
            rows.Select(row => new object?[]
            {
                row.Key.Wallet, row.Key.Status, row.Key.Month, row.Value.Points, row.Value.Members,
                order.CostOf(row.Key.Wallet, row.Value.Points, _newest),
            }));
    }

    /// <summary>Lots, and balances below zero, which no lot shows.</summary>
    private IEnumerable<(string Wallet, string Status, string Month, long Points)> PartsOf(LedgerAudit ledger)
    {
        foreach (var (wallet, expiresAt, isPending, left) in ledger.OpenLots)
            yield return (wallet, isPending ? "pending" : "active", MonthOf(expiresAt), left);
        foreach (var (wallet, balance, _) in ledger.Totals)
            if (balance < 0)
                yield return (wallet, "owed", "never", balance);
    }

    /// <summary>The month of the last day on which they can be spent: lots lapse at its end.</summary>
    private string MonthOf(DateTimeOffset? expiresAt) => expiresAt is { } end
        ? ZoneTime.Local(end.AddTicks(-1), _newest?.Zone ?? TimeZoneInfo.Utc)
            .ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : "never";
}
