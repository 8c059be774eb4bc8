using System.Globalization;
using System.Text;
using MallVip.Rules.Parking;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Parking;

/// <summary>What parking costs: tables to read, and a second calculation over random tariffs.</summary>
public sealed class FeeTests
{
    private const string City = """
        parking:
          lots: { p1: { mall: bay, tariff: city } }
          tariffs:
            city:
              free: 30m
              cap: { amount: 60 }
              vehicles: { truck: truck }
              rates:
                day:
                  hours: "08:00-22:00"
                  steps: [{ first: 2h, price: 5, per: 30m }, { price: 8, per: 1h }]
                night: { hours: "22:00-08:00", cap: 10, steps: [{ price: 3, per: 1h }] }
                feast: { on: holidays, steps: [{ price: 10, per: 1h }] }
            truck:
              free: 15m
              free-for: short-stays
              cap: { amount: 100, every: 24h }
              rates: { all: { steps: [{ price: 20, per: 1h }] } }
        """;

    [Theory]
    [InlineData("a coffee", "2026-11-21T12:00", "2026-11-21T12:30", null,
        "12:00-12:30 30 min free 0 = 0")]
    [InlineData("seconds do not count", "2026-11-21T12:00:59", "2026-11-21T12:31:01", null,
        "12:00-12:30 30 min free 0 | 12:30-12:31 1 min day 1 x 5 = 5")]
    [InlineData("a long lunch", "2026-11-21T12:00", "2026-11-21T15:40", null,
        "12:00-12:30 30 min free 0 | 12:30-14:30 120 min day 4 x 5 | 14:30-15:40 70 min day 2 x 8 = 36")]
    [InlineData("the night begins a new block", "2026-11-21T21:15", "2026-11-21T22:10", null,
        "21:15-21:45 30 min free 0 | 21:45-22:00 15 min day 1 x 5 | 22:00-22:10 10 min night 1 x 3 = 8")]
    [InlineData("a night is 10 at most", "2026-11-21T21:30", "2026-11-22T08:01", null,
        "21:30-22:00 30 min free 0 | 22:00-08:00 600 min night 10 x 3 less 20 | "
        + "08:00-08:01 1 min day 1 x 5 = 15")]
    [InlineData("a day is 60 at most", "2026-11-21T08:00", "2026-11-21T20:00", null,
        "08:00-08:30 30 min free 0 | 08:30-10:30 120 min day 4 x 5 | "
        + "10:30-20:00 570 min day 10 x 8 less 40 = 60")]
    [InlineData("the day after begins anew, with the holiday", "2026-11-10T23:00", "2026-11-11T02:00", null,
        "23:00-23:30 30 min free 0 | 23:30-00:00 30 min night 1 x 3 | 00:00-02:00 120 min feast 2 x 10 = 23")]
    [InlineData("a truck that stays", "2026-11-21T12:00", "2026-11-21T12:16", "truck",
        "12:00-12:16 16 min all 1 x 20 = 20")]
    [InlineData("a truck that turns round", "2026-11-21T12:00", "2026-11-21T12:15", "truck",
        "12:00-12:15 15 min free 0 = 0")]
    [InlineData("a truck for 25 hours", "2026-11-21T12:00", "2026-11-22T13:00", "truck",
        "12:00-13:00 1500 min all 25 x 20 less 380 = 120")]
    [InlineData("out before in", "2026-11-21T12:00", "2026-11-21T11:00", null, " = 0")]
    public void A_shopkeeper_can_read_the_sum(
        string _, string entry, string exit, string? vehicle, string sum)
    {
        var lot = Load(City).ParkingLots["p1"];

        var fee = ParkingFee.Of(lot.Tariff!.For(vehicle), lot.Mall.Zone, Local(entry), Local(exit));

        Assert.Equal(sum, Text(fee));
    }

    [Fact]
    public void Free_hours_are_the_earliest_paid_minutes_and_steps_count_what_is_left()
    {
        var lot = Load(City).ParkingLots["p1"];

        var fee = ParkingFee.Of(
            lot.Tariff!, lot.Mall.Zone, Local("2026-11-21T12:00"), Local("2026-11-21T16:00"),
            new FreedTime("tier", 120, null, null), new FreedTime("coupon", 60, null, null));

        Assert.Equal(
            "12:00-12:30 30 min free 0 | 12:30-14:30 120 min tier 0 | 14:30-15:30 60 min coupon 0 | "
            + "15:30-16:00 30 min day 1 x 5 = 5", Text(fee));
        Assert.Equal([120, 60], fee.Freed.ToArray());
    }

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Europe/Oslo")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Sao_Paulo")]
    public void Fees_are_those_of_a_count_minute_by_minute(string zoneId)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var random = new Random(20261123);
        for (var round = 0; round < 60; round++)
        {
            var plain = PlainTariff.Random(random);
            var programme = Load(plain.ToYaml());
            for (var stay = 0; stay < 12; stay++)
                Compare(
                    plain, programme.ParkingLots["p1"].Tariff!, programme.Calendars["holidays"].Has, zone,
                    random);
        }
    }

    private static void Compare(
        PlainTariff plain, Tariff tariff, Func<DateOnly, bool> holiday, TimeZoneInfo zone, Random random)
    {
        // Clocks change in these weeks somewhere: half of the stays lie around such a night.
        var start = (random.Next(4) switch
        {
            0 => new DateTimeOffset(2026, 3, 28, 0, 0, 0, TimeSpan.Zero),
            1 => new DateTimeOffset(2026, 10, 24, 0, 0, 0, TimeSpan.Zero),
            2 => new DateTimeOffset(2026, 4, 4, 0, 0, 0, TimeSpan.Zero),
            _ => new DateTimeOffset(2026, 4, 30, 0, 0, 0, TimeSpan.Zero),
        }).AddMinutes(random.Next(1_440));
        var length = random.Next(5) == 0 ? random.Next(9_000) : random.Next(900);
        var exit = start.AddMinutes(length);
        var freed = Enumerable.Range(0, random.Next(4)).Select(_ =>
        {
            var from = start.AddMinutes(random.Next(length + 1));
            return (Minutes: random.Next(180), From: from, To: from.AddMinutes(random.Next(2_000)));
        }).ToArray();

        var expected = MinuteOracle.Fee(plain, zone, start, exit, holiday, freed);
        var fee = ParkingFee.Of(
            tariff, zone, start, exit,
            [.. freed.Select(one => new FreedTime("x", one.Minutes, one.From, one.To))]);

        Assert.True(
            expected.Amount == fee.Amount && expected.Freed.SequenceEqual(fee.Freed),
            $"{plain.ToYaml()}{start:O} {exit:O}: {fee.Amount}, not {expected.Amount}\n{Text(fee)}");
        Assert.Equal(length, fee.Parts.Sum(part => part.Minutes));
        Assert.Equal(fee.Amount, fee.Parts.Sum(part => (part.Blocks * part.Price) - part.Cut));
    }

    internal static MallVip.Rules.Programmes.Programme Load(string parking) =>
        Small.Programme(
            "ruleset: none",
            Small.Declarations.Replace(
                "parking: { lots: { p1: { mall: bay } } }", parking, StringComparison.Ordinal));

    private static DateTimeOffset Local(string text) =>
        new(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static string Text(ParkingFee fee)
    {
        var lines = fee.Parts.Select(part =>
        {
            var line = new StringBuilder();
            var (from, to) = (part.From.AddHours(8), part.To.AddHours(8));
            line.Append(CultureInfo.InvariantCulture, $"{from:HH:mm}-{to:HH:mm} ");
            line.Append(CultureInfo.InvariantCulture, $"{part.Minutes} min ");
            if (part.Free is { } free)
                return line.Append(free).Append(" 0").ToString();
            line.Append(CultureInfo.InvariantCulture, $"{part.Rate} {part.Blocks} x {part.Price}");
            return part.Cut == 0 ? line.ToString()
                : line.Append(CultureInfo.InvariantCulture, $" less {part.Cut}").ToString();
        });
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(" | ", lines)} = {fee.Amount}");
    }
}
