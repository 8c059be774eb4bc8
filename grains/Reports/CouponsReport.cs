using MallVip.Rules.Facts;

namespace MallVip.Grains.Reports;

/// <summary>
/// What became of coupons, by day, mall, store and template: what a store settles with the mall and the
/// brands.
/// A redemption stands on the day of its receipt; all else on the day on which it was decided, without a
/// store
/// where no till was there.
/// </summary>
internal sealed class CouponsReport(ReportOrder order) : IReport
{
    private readonly Dictionary<(DateOnly, string, string, string), Sums> _rows = [];

    public void Visit(in MemberEntry entry)
    {
        foreach (var fact in entry.Facts)
            switch (fact)
            {
                case Fact.CouponGranted granted:
                    Of(entry.Day, "", "", granted.Template)?.Grant();
                    break;
                case Fact.CouponRedeemed used:
                    Of(used.Day, used.Mall, used.Store, used.Template)
                        ?.Redeem(used.Off.Amount, used.Funding ?? Funding.ByMall);
                    break;
                case Fact.CouponReturned back:
                    Of(entry.DayIn(back.Mall), back.Mall, back.Store, back.Template)
                        ?.Return(back.Off.Amount);
                    break;
                case Fact.CouponEnded ended:
                    Of(entry.Day, "", "", ended.Template)?.End(ended.How);
                    break;
                default:
                    break;
            }
    }

    public ReportTable Finish() => ReportTable.Sorted(
        ["day", "mall", "store", "template", "granted", "redeemed", "returned", "expired", "void", "off",
            "offReturned", "offMall", "offStore", "offBrand"],
        4, _rows.Select(row => Row(row.Key, row.Value)));

    private static object?[] Row((DateOnly Day, string, string, string) key, Sums sums) =>
    [
        $"{key.Day:O}", key.Item2, key.Item3, key.Item4, sums.Granted, sums.Redeemed, sums.Returned,
        sums.Expired, sums.Void, sums.Off, sums.OffReturned, sums.Mall, sums.Store, sums.Brand,
    ];

    /// <summary>Null: the day does not count.</summary>
    private Sums? Of(DateOnly day, string mall, string store, string template)
    {
        if (!order.Holds(day))
            return null;
        var key = (day, mall, store, template);
        if (!_rows.TryGetValue(key, out var sums))
            _rows.Add(key, sums = new());
        return sums;
    }

    private sealed class Sums
    {
        public long Granted { get; private set; }

        public long Redeemed { get; private set; }

        public long Returned { get; private set; }

        public long Expired { get; private set; }

        public long Void { get; private set; }

        /// <summary>What redemptions took off.</summary>
        public decimal Off { get; private set; }

        /// <summary>What of it returns gave back to tills.</summary>
        public decimal OffReturned { get; private set; }

        public decimal Mall { get; private set; }

        public decimal Store { get; private set; }

        public decimal Brand { get; private set; }

        public void Grant() => Granted++;

        public void Redeem(decimal off, Funding paid)
        {
            Redeemed++;
            Off += off;
            Mall += off * paid.Mall / 100;
            Store += off * paid.Store / 100;
            Brand += off * paid.Brand / 100;
        }

        public void Return(decimal off)
        {
            Returned++;
            OffReturned += off;
        }

        public void End(string how)
        {
            if (how == "void")
                Void++;
            else
                Expired++;
        }
    }
}
