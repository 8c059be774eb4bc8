using MallVip.Rules.Members;

namespace MallVip.Rules.Tests.Members;

public class DayLogTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Fact]
    public void Spend_is_exact_to_the_last_decimal()
    {
        var log = DayLog.Empty
            .AddPurchase("plaza", Day, 4.440892e-16m)
            .AddPurchase("plaza", Day.AddDays(1), 79228162514264337593543950335m - 1)
            .AddPurchase("plaza", Day.AddDays(2), 0.1m).AddPurchase("plaza", Day.AddDays(2), 0.2m);

        Assert.Equal(4.440892e-16m, log.Spent(Day, Day));
        Assert.Equal(79228162514264337593543950334m, log.Spent(Day.AddDays(1), Day.AddDays(1)));
        Assert.Equal(0.3m, log.Spent(Day.AddDays(2), Day.AddDays(2)));
    }

    [Fact]
    public void Visits_are_distinct_pairs_of_mall_and_day()
    {
        var log = DayLog.Empty.AddVisit("plaza", Day).AddVisit("plaza", Day).AddPurchase("plaza", Day, 5)
            .AddVisit("harbour", Day).AddVisit("plaza", Day.AddDays(1));

        Assert.Equal((3, 2), (log.Visits(Day, Day.AddDays(1)), log.Visits(Day, Day.AddDays(1), "plaza")));
        Assert.Equal((1, 0), (log.Purchases(Day, Day), log.Purchases(Day.AddDays(1), Day.AddDays(9))));
    }

    [Fact]
    public void A_late_day_finds_its_place()
    {
        var log = DayLog.Empty.AddPurchase("plaza", Day, 5).AddPurchase("plaza", Day.AddDays(-9), 7)
            .AddVisit("harbour", Day.AddDays(-4));

        Assert.Equal(Day, log.LastDay);
        Assert.Equal(
            (12m, 7m), (log.Spent(Day.AddDays(-9), Day), log.Spent(Day.AddDays(-9), Day.AddDays(-1))));
        Assert.Equal(3, log.Visits(DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Fact]
    public void Days_older_than_1100_are_forgotten_in_time_and_1100_are_always_there()
    {
        var log = DayLog.Empty;
        for (var i = 0; i < 3_000; i++)
        {
            log = log.AddPurchase("plaza", Day.AddDays(i), 1);
            Assert.Equal(Math.Min(i, DayLog.RetentionDays) + 1,
                log.Spent(Day.AddDays(i - DayLog.RetentionDays), Day.AddDays(i)));
        }

        Assert.InRange(log.Visits(DateOnly.MinValue, DateOnly.MaxValue), DayLog.RetentionDays,
            DayLog.RetentionDays + 32);
    }

    [Fact]
    public void A_return_of_a_forgotten_day_changes_nothing()
    {
        var log = DayLog.Empty.AddPurchase("plaza", Day, 5);

        Assert.Same(log, log.RemoveSpend("plaza", Day.AddDays(-1), 5));
        Assert.Equal(0, log.RemoveSpend("plaza", Day, 5).Spent(Day, Day));
    }

    [Fact]
    public void It_agrees_with_a_plain_dictionary_on_random_histories()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var spread = seed % 2 == 0 ? 40 : 3;
            var (log, plain) = (
                DayLog.Empty, new Dictionary<(string Mall, DateOnly Day), (decimal Spend, int Purchases)>());
            for (var i = 0; i < 200; i++)
            {
                var key = (Mall: "m" + random.Next(6), Day: Day.AddDays(random.Next(i, i + spread)));
                var paid = random.Next(3) == 0 ? 0
                    : random.Next(100_000) / (decimal)Math.Pow(10, random.Next(4));
                var (spend, purchases) = plain.GetValueOrDefault(key);
                plain[key] = paid == 0 ? (spend, purchases) : (spend + paid, purchases + 1);
                var reread = DayLog.FromPacked(log.Malls, log.Packed.ToArray());
                log = Add(log);
                Assert.Equal(log.Packed.ToArray(), Add(reread).Packed.ToArray());

                DayLog Add(DayLog to) =>
                    paid == 0 ? to.AddVisit(key.Mall, key.Day) : to.AddPurchase(key.Mall, key.Day, paid);
            }

            var (from, to) = (Day.AddDays(50), Day.AddDays(150));
            var inside = plain.Where(pair => pair.Key.Day >= from && pair.Key.Day <= to).ToList();
            Assert.Equal(inside.Sum(pair => pair.Value.Spend), log.Spent(from, to));
            Assert.Equal(inside.Sum(pair => pair.Value.Purchases), log.Purchases(from, to));
            Assert.Equal(inside.Count, log.Visits(from, to));
        }
    }
}
