using System.Globalization;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Reports;

/// <summary>
/// Who pays for the points of a month, store by store: what was issued less what came back, split as the
/// lines say. Hundredths of points are kept, so that the shares add up.
/// </summary>
internal sealed class FundingReport(ReportOrder order) : IReport
{
    private readonly Dictionary<(string Month, string Mall, string Store, string Wallet), Sums> _rows = [];
    private Programme? _newest;

    public void Visit(in MemberEntry entry)
    {
        if (!order.IsAfter(entry.Day))
            _newest = entry.Programme;
        foreach (var booking in Booking.Of(entry.Facts, entry.Programme))
            switch (booking.Fact)
            {
                case Fact.Earned earned:
                    Post(entry, booking, earned.Wallet, earned.Amount, Points.Zero, earned.Funding);
                    break;
                case Fact.Reversed back:
                    Post(entry, booking, back.Wallet, Points.Zero, back.Amount, back.Funding);
                    break;
                default:
                    break;
            }
    }

    public ReportTable Finish() => ReportTable.Sorted(
        ["month", "mall", "store", "wallet", "issued", "returned", "byMall", "byStore", "byBrand", "costMall",
            "costStore", "costBrand"],
        4, _rows.Select(row => Row(row.Key, row.Value)));

    private object?[] Row((string Month, string Mall, string Store, string Wallet) key, Sums sums) =>
    [
        key.Month, key.Mall, key.Store, key.Wallet, sums.Issued, sums.Returned,
        sums.Mall, sums.Store, sums.Brand,
        order.CostOf(key.Wallet, sums.Mall, _newest), order.CostOf(key.Wallet, sums.Store, _newest),
        order.CostOf(key.Wallet, sums.Brand, _newest),
    ];

    private void Post(
        in MemberEntry entry, in Booking at, string wallet, Points issued, Points returned, Funding? funding)
    {
        var day = entry.DayIn(at.Mall);
        if (!order.Holds(day))
            return;
        var month = day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var key = (month, at.Mall ?? "", at.Store ?? "", wallet);
        if (!_rows.TryGetValue(key, out var sums))
            _rows.Add(key, sums = new());
        sums.Issued += issued.Value;
        sums.Returned += returned.Value;
        var net = (decimal)(issued.Value - returned.Value);
        sums.Mall += net * (funding?.Mall ?? 100) / 100;
        sums.Store += net * (funding?.Store ?? 0) / 100;
        sums.Brand += net * (funding?.Brand ?? 0) / 100;
    }

    private sealed class Sums
    {
        public long Issued { get; set; }

        public long Returned { get; set; }

        public decimal Mall { get; set; }

        public decimal Store { get; set; }

        public decimal Brand { get; set; }
    }
}
