using MallVip.Client.Wire;
using MallVip.Grains.Parking;
using MallVip.Rules.Parking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Parking;

/// <summary>Visits and quotes as the API shows them.</summary>
internal static class ParkingWords
{
    public static ParkingVisitBody Of(ParkingLot lot, ParkingVisit visit)
    {
        var ended = visit.EndedAt is not null;
        return new(
            lot.Id, visit.Number, visit.EnteredAt, new(visit.At(lot).Paid), visit.EndedAt, visit.How,
            visit.Session, visit.Vehicle, ended ? new Money(visit.Fee) : null,
            ended ? new Money(visit.Due) : null, visit.At(lot).PaidThrough,
            visit.Granted == 0 ? null : visit.Granted);
    }

    public static ParkingQuoteBody Of(ParkingLot lot, ParkingQuote quote)
    {
        var plan = quote.Plan!;
        return new(
            Of(lot, quote.Visit!), quote.At, plan.Fee.Minutes, lot.Mall.Currency, new(plan.Fee.Amount),
            new(quote.Visit!.At(lot).Paid), new(plan.Due), plan.Points,
            [.. plan.Fee.Parts.Select(part => Of(lot, part))],
            [.. plan.Uses.Select(use => new ParkingUseBody(
                use.Source, use.Minutes, use.Day, use.Coupon == 0 ? null : use.Coupon))],
            [.. plan.Unused.Select(unused => new ParkingUnusedBody(unused.Source, unused.Why))],
            quote.MayLeave, quote.Member);
    }

    public static ParkingAnswerBody Answer(ParkingLot lot, ParkingQuote done)
    {
        if (done.Visit is not { } visit)
            return new(null);
        var through = visit.EndedAt is null ? visit.At(lot).PaidThrough : null;
        return new(Of(lot, visit), through?.AddMinutes(lot.Grace));
    }

    /// <summary>Times by the mall's clock, for people to read.</summary>
    private static FeePartBody Of(ParkingLot lot, FeePart part)
    {
        var (from, to) = (Local(part.From), Local(part.To));
        return part.Free is { } free
            ? new(from, to, part.Minutes, Money.Zero, Free: free)
            : new(
                from, to, part.Minutes, new(part.Amount), part.Rate, null, new(part.Price), part.Per,
                part.Blocks);

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, lot.Mall.Zone);
    }
}
