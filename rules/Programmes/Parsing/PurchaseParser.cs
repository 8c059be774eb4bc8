using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary><c>mall.purchase</c> and <c>mall.refund</c>.</summary>
internal static class PurchaseParser
{
    private const int MostLines = 5_000;
    private const int MostTenders = 100;
    private const int MostCoupons = 100;
    private const decimal MostUnits = 1_000_000_000m;

    private static readonly FieldNames PurchaseFields =
        new("receipt", "store", "paid", "lines", "tenders", "pointsUsed", "till", "cashier",
            "coupons", "hold");

    private static readonly FieldNames LineFields = new("paid", "sku", "category", "brand", "qty");
    private static readonly FieldNames TenderFields = new("kind", "paid");
    private static readonly FieldNames RefundFields = new("refund", "store", "receipt", "paid", "lines");
    private static readonly FieldNames RefundLineFields = new("line", "qty", "paid");

    public static PurchaseData Purchase(ref DataReader reader)
    {
        string? receipt = null, store = null, till = null, cashier = null, hold = null;
        var paid = Money.Zero;
        var pointsUsed = Points.Zero;
        ImmutableArray<PurchaseLine> lines = [];
        ImmutableArray<Tender> tenders = [];
        ImmutableArray<string> coupons = [];
        uint seen = 0;
        while (reader.NextField(PurchaseFields, ref seen, out var field))
        {
            switch (field)
            {
                case 0: receipt = reader.Text(); break;
                case 1: store = reader.Text(); break;
                case 2: paid = reader.Money(0) ?? default; break;
                case 3: lines = Lines(ref reader); break;
                case 4: tenders = Tenders(ref reader); break;
                case 5: pointsUsed = new(reader.Integer(0, Points.Limit) ?? 0); break;
                case 6: till = reader.Text(); break;
                case 7: cashier = reader.Text(); break;
                case 8: coupons = Coupons(ref reader); break;
                default: hold = reader.Text(); break;
            }
        }

        reader.Require(PurchaseFields, seen, 3);
        return new()
        {
            Receipt = receipt ?? "",
            Store = store ?? "",
            Paid = paid,
            Lines = lines,
            Tenders = tenders,
            PointsUsed = pointsUsed,
            Hold = hold,
            Till = till,
            Cashier = cashier,
            Coupons = coupons,
        };
    }

    public static RefundData Refund(ref DataReader reader)
    {
        string? refund = null, store = null, receipt = null;
        var paid = Money.Zero;
        ImmutableArray<RefundLine> lines = [];
        uint seen = 0;
        while (reader.NextField(RefundFields, ref seen, out var field))
        {
            switch (field)
            {
                case 0: refund = reader.Text(); break;
                case 1: store = reader.Text(); break;
                case 2: receipt = reader.Text(); break;
                case 3: paid = reader.Money(0) ?? default; break;
                default: lines = RefundLines(ref reader); break;
            }
        }

        reader.Require(RefundFields, seen, 4);
        return new()
        {
            Refund = refund ?? "",
            Store = store ?? "",
            Receipt = receipt ?? "",
            Paid = paid,
            Lines = lines,
        };
    }

    private static ImmutableArray<string> Coupons(ref DataReader reader)
    {
        var coupons = ImmutableArray.CreateBuilder<string>();
        if (reader.BeginList(out _))
            while (reader.NextItem(MostCoupons))
                if (reader.Text() is { } code)
                    coupons.Add(code);
        return coupons.DrainToImmutable();
    }

    private static ImmutableArray<PurchaseLine> Lines(ref DataReader reader)
    {
        var lines = ImmutableArray.CreateBuilder<PurchaseLine>();
        if (reader.BeginList(out _))
            while (reader.NextItem(MostLines))
                if (reader.BeginMap())
                    lines.Add(Line(ref reader));
        return lines.DrainToImmutable();
    }

    private static PurchaseLine Line(ref DataReader reader)
    {
        string? sku = null, category = null, brand = null;
        var qty = 1m;
        var paid = Money.Zero;
        uint seen = 0;
        while (reader.NextField(LineFields, ref seen, out var field))
        {
            switch (field)
            {
                case 0: paid = reader.Money(-Money.Limit) ?? default; break;
                case 1: sku = reader.Text(); break;
                case 2: category = reader.Text(); break;
                case 3: brand = reader.Text(); break;
                default: qty = reader.Decimal(0, MostUnits) ?? 0; break;
            }
        }

        reader.Require(LineFields, seen, 1);
        return new(sku, category, brand, qty, paid);
    }

    private static ImmutableArray<Tender> Tenders(ref DataReader reader)
    {
        var tenders = ImmutableArray.CreateBuilder<Tender>();
        if (!reader.BeginList(out _))
            return [];
        while (reader.NextItem(MostTenders))
        {
            if (!reader.BeginMap())
                continue;
            var (kind, paid) = ("", Money.Zero);
            uint seen = 0;
            while (reader.NextField(TenderFields, ref seen, out var field))
            {
                if (field == 0)
                    kind = reader.Text() ?? "";
                else
                    paid = reader.Money(-Money.Limit) ?? default;
            }

            reader.Require(TenderFields, seen, 2);
            tenders.Add(new(kind, paid));
        }

        return tenders.DrainToImmutable();
    }

    private static ImmutableArray<RefundLine> RefundLines(ref DataReader reader)
    {
        var lines = ImmutableArray.CreateBuilder<RefundLine>();
        if (!reader.BeginList(out _))
            return [];
        while (reader.NextItem(MostLines))
        {
            if (!reader.BeginMap())
                continue;
            var (line, qty, paid) = (0L, 0m, Money.Zero);
            uint seen = 0;
            while (reader.NextField(RefundLineFields, ref seen, out var field))
            {
                switch (field)
                {
                    case 0: line = reader.Integer(1, MostLines) ?? 0; break;
                    case 1: qty = reader.Decimal(0, MostUnits) ?? 0; break;
                    default: paid = reader.Money(0) ?? default; break;
                }
            }

            reader.Require(RefundLineFields, seen, 3);
            lines.Add(new((int)line, qty, paid));
        }

        return lines.DrainToImmutable();
    }
}
