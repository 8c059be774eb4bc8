using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Grains.Parking;
using MallVip.Rules.Facts;
using MallVip.Rules.Parking;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>What the auditor says of payments whose members have used something else.</summary>
public sealed class ParkingAuditTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
    private static readonly ParkingUse Hour = new("coupon", null, 60) { Coupon = 2 };

    [Fact]
    public void A_payment_whose_member_used_it_and_redeemed_its_coupon_is_no_problem() =>
        Assert.Empty(Problems(Hour, new Fact.ParkingUsed("6f", "p1", "bay", [Hour]), Redeemed("6f")));

    [Fact]
    public void A_coupon_that_was_not_redeemed_for_the_payment_or_is_another_one_is_a_problem()
    {
        var used = new Fact.ParkingUsed("6f", "p1", "bay", [Hour]);

        Assert.Contains("payment_without_use", Assert.Single(Problems(Hour, used)), StringComparison.Ordinal);
        Assert.Single(Problems(Hour, used, Redeemed("70")));
        Assert.Single(Problems(Hour, used, Redeemed("6f"), Redeemed("6f")));
        Assert.Single(Problems(Hour with { Coupon = 3 }, used, Redeemed("6f")));
    }

    private static Fact.CouponRedeemed Redeemed(string payment) =>
        new(2, "hour", "p1", payment, "bay", new(2026, 11, 21), Money.Zero);

    private static IReadOnlyList<string> Problems(ParkingUse paid, params Fact[] facts)
    {
        var audit = new ParkingAudit();
        var payment = new VisitPayment("6f", At, [paid], 0m) { Member = new MemberId(7) };
        audit.Visit(Entry(
            new CarParkFact.Entered(1, "plate", null, null, At),
            new CarParkFact.PaymentStarted(1, payment, At)));
        audit.VisitMember([.. facts]);
        audit.Visit(Entry(new CarParkFact.Paid(1, "6f", 0m)));
        return audit.Problems;
    }

    private static JournalEntry Entry(params ImmutableArray<CarParkFact> facts) => new()
    {
        Pos = 1,
        PrevPos = 0,
        Writer = 1,
        Batch = 1,
        Grain = new(GrainKind.CarPark, 1),
        Seq = 1,
        At = At,
        Kind = "car-park",
        PrevHash = default,
        Hash = default,
        Body = new CarParkBody(1, "p1", facts).ToJson(),
    };
}
