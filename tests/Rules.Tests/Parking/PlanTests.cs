using System.Globalization;
using MallVip.Rules.Members;
using MallVip.Rules.Parking;

namespace MallVip.Rules.Tests.Parking;

/// <summary>What pays for a visit, in the stated order.</summary>
public sealed class PlanTests
{
    private const string Garage = """
        parking:
          lots: { p1: { mall: bay, tariff: city } }
          tariffs:
            city:
              cap: { amount: 100 }
              rates:
                day: { hours: "06:00-24:00", steps: [{ price: 10, per: 1h }] }
                night: { hours: "00:00-06:00", steps: [{ price: 3, per: 1h }] }
                feast: { on: holidays, steps: [{ price: 20, per: 1h }] }
          entitlements:
            - { tier: gold, hours: 2 }
            - { spend: 100, per: 1h, most: 3h }
            - coupon
            - { points: 50, per: 1h, most: 2h }
            - grant
        """;

    /// <summary>2026-11-11 is a holiday.</summary>
    [Fact]
    public void A_cross_midnight_visit_over_a_holiday_with_gold_spend_and_a_coupon()
    {
        var plan = Plan("2026-11-10T20:00", "2026-11-11T04:00", Gold(150), new(0, 60, 0));

        Assert.Equal(
            "tier 2026-11-10 120, tier 2026-11-11 120, spend 2026-11-10 60, coupon 60", Text(plan));
        Assert.Equal(
            "20:00-22:00 tier 0 | 22:00-23:00 spend 0 | 23:00-00:00 coupon 0 | 00:00-02:00 tier 0 | "
            + "02:00-04:00 feast 40", Lines(plan.Fee));
        Assert.Equal(40m, plan.Due);
    }

    [Fact]
    public void What_was_used_by_another_car_on_the_day_is_gone_and_the_rest_is_left()
    {
        var member = Gold(150) with
        {
            ParkingUses = [new("tier", new(2026, 11, 9), 90), new("spend:bay", new(2026, 11, 10), 60)],
        };

        Assert.Equal(
            "tier 2026-11-09 30, tier 2026-11-10 120",
            Text(Plan("2026-11-09T20:30", "2026-11-10T04:30", member, new(0, 0, 0))));
    }

    [Fact]
    public void What_saves_nothing_is_not_used()
    {
        var plan = Plan("2026-11-09T08:00", "2026-11-09T20:30", Gold(0), new(0, 30, 0));

        Assert.Equal(("", 100m), (Text(plan), plan.Due));
        Assert.Contains(("coupon", "no-saving"), plan.Unused);
        Assert.Contains(("spend", "none-left"), plan.Unused);
        Assert.Contains(("points", "not-asked"), plan.Unused);
    }

    [Fact]
    public void Nobody_s_car_has_grants_only_and_a_second_payment_frees_only_what_came_after_the_first()
    {
        var plan = Plan("2026-11-09T08:00", "2026-11-09T12:00", null, new(500, 60, 60));
        Assert.Equal(("grant 60", 30m), (Text(plan), plan.Due));
        Assert.Contains(("tier", "no-member"), plan.Unused);

        var paid = new VisitPayment("1", At("2026-11-09T12:00"), plan.Uses, plan.Due);
        var later = Plan("2026-11-09T08:00", "2026-11-09T14:00", Gold(0), new(0, 0, 0), paid);
        Assert.Equal(("tier 2026-11-09 120", 0m), (Text(later), later.Due));
        Assert.Equal(
            "08:00-09:00 grant 0 | 09:00-12:00 day 30 | 12:00-14:00 tier 0", Lines(later.Fee));
    }

    [Fact]
    public void Random_visits_are_never_paid_twice_nor_for_more_than_they_cost()
    {
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var programme = FeeTests.Load(Garage);
            var entry = At("2026-11-09T08:00").AddMinutes(random.Next(4_000));
            var visit = new VisitClaim(programme.ParkingLots["p1"], null, entry, []);
            var member = Gold(random.Next(500));
            for (var payment = 0; payment < 3; payment++)
            {
                var now = (visit.PaidThrough ?? entry).AddMinutes(random.Next(700));
                var wish = new ParkingWish(0, payment == 1 ? random.Next(120) : 0, 0);
                var plan = ParkingPlan.Of(programme, visit, member, wish, now);
                var without = visit.Fee(now).Amount;
                Assert.InRange(plan.Fee.Amount, visit.Paid, without);
                Assert.Equal(plan.Fee.Amount - visit.Paid, plan.Due);
                visit = visit with
                {
                    Payments = visit.Payments.Add(new($"{payment}", now, plan.Uses, plan.Due)),
                };
                member = member with
                {
                    ParkingUses = ParkingRights.With(member.ParkingUses, plan.Uses
                        .Where(use => use.Day is not null)
                        .Select(use => use with { Source = use.Source == "tier" ? "tier" : "spend:bay" })),
                };
                Assert.Equal(0m, visit.DueAt(now.AddMinutes(15)));
            }

            Assert.All(member.ParkingUses, use => Assert.InRange(use.Minutes, 1, 180));
        }
    }

    private static MemberState Gold(decimal spent) => MemberState.Empty with
    {
        Tier = new("gold", At("2026-01-01T00:00"), null),
        Days = DayLog.Empty.AddPurchase("bay", new(2026, 11, 10), spent),
    };

    private static ParkingPlan Plan(
        string entry, string exit, MemberState? member, ParkingWish wish, params VisitPayment[] paid)
    {
        var programme = FeeTests.Load(Garage);
        return ParkingPlan.Of(
            programme, new(programme.ParkingLots["p1"], null, At(entry), [.. paid]), member, wish, At(exit));
    }

    private static DateTimeOffset At(string text) =>
        new(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static string Text(ParkingPlan plan) => string.Join(", ", plan.Uses.Select(
        use => use.Day is { } day ? $"{use.Source} {day:yyyy-MM-dd} {use.Minutes}"
            : $"{use.Source} {use.Minutes}"));

    private static string Lines(ParkingFee fee) => string.Join(" | ", fee.Parts.Select(part =>
    {
        var (from, to) = (part.From.AddHours(8), part.To.AddHours(8));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{from:HH:mm}-{to:HH:mm} {part.Free ?? part.Rate} {part.Amount}");
    }));
}
