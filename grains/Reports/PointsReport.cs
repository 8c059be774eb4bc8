using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Reports;

/// <summary>
/// Points that were issued, returned, spent, expired, corrected and given on, by day, mall, store, rule and
/// wallet. Their sum is what the wallets hold: balance and pending points of all members.
/// </summary>
internal sealed class PointsReport(ReportOrder order) : IReport
{
    private readonly Dictionary<(DateOnly, string, string, string, string), Sums> _rows = [];
    private readonly Dictionary<MemberId, LotOrigins> _origins = [];

    public void Visit(in MemberEntry entry)
    {
        var origins = OriginsOf(entry.Member);
        foreach (var booking in Booking.Of(entry.Facts, entry.Programme))
        {
            Post(entry, booking);
            var lapsed = origins.Post(booking, joined => OriginsOf(joined.Member));
            if (booking.Fact is Fact.Expired expired)
                foreach (var (from, points) in lapsed)
                    SumsOf(entry, from, expired.Wallet)?.Expired += points;
        }
    }

    public ReportTable Finish() => ReportTable.Sorted(
        ["day", "mall", "store", "rule", "wallet", "issued", "returned", "spent", "expired", "adjusted",
            "transferred", "net"],
        5, _rows.Select(row => Row(row.Key, row.Value)));

    private static object?[] Row((DateOnly Day, string, string, string, string) key, Sums sums) =>
    [
        $"{key.Day:O}", key.Item2, key.Item3, key.Item4, key.Item5, sums.Issued, sums.Returned, sums.Spent,
        sums.Expired, sums.Adjusted, sums.Transferred,
        sums.Issued - sums.Returned - sums.Spent - sums.Expired + sums.Adjusted + sums.Transferred,
    ];

    private void Post(in MemberEntry entry, in Booking at)
    {
        switch (at.Fact)
        {
            case Fact.Earned earned:
                SumsOf(entry, PointsOrigin.Of(at, earned.Why), earned.Wallet)?.Issued += earned.Amount.Value;
                break;
            case Fact.Reversed back:
                SumsOf(entry, PointsOrigin.Of(at, back.Why), back.Wallet)?.Returned += back.Amount.Value;
                break;
            case Fact.SpentPoints spent:
                SumsOf(entry, PointsOrigin.Of(at, null), spent.Wallet)?.Spent += spent.Amount.Value;
                break;
            case Fact.Adjusted adjusted:
                SumsOf(entry, PointsOrigin.Of(at, null), adjusted.Wallet)?.Adjusted += adjusted.Amount.Value;
                break;
            case Fact.Transferred moved:
                SumsOf(entry, PointsOrigin.Of(at, null), moved.Wallet)?.Transferred += moved.Amount.Value;
                break;
            default:
                break;
        }
    }

    private LotOrigins OriginsOf(MemberId member)
    {
        if (!_origins.TryGetValue(member, out var origins))
            _origins.Add(member, origins = new());
        return origins;
    }

    /// <summary>Null: the day does not count.</summary>
    private Sums? SumsOf(in MemberEntry entry, PointsOrigin from, string wallet)
    {
        var day = entry.DayIn(from.Mall);
        if (!order.Holds(day))
            return null;
        var key = (day, from.Mall ?? "", from.Store ?? "", from.Rule ?? "", wallet);
        if (!_rows.TryGetValue(key, out var sums))
            _rows.Add(key, sums = new());
        return sums;
    }

    private sealed class Sums
    {
        public long Issued { get; set; }

        public long Returned { get; set; }

        public long Spent { get; set; }

        public long Expired { get; set; }

        public long Adjusted { get; set; }

        public long Transferred { get; set; }
    }
}
