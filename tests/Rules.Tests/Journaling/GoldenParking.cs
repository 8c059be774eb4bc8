using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Parking;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 7 added for parking.</summary>
internal static class GoldenParking
{
    private static readonly ParkingUse[] Uses =
    [
        new("tier", new(2026, 11, 21), 120), new("spend", new(2026, 11, 22), 60), new("points", null, 60),
    ];

    private static readonly DateTimeOffset Entered = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    private static readonly ParkingUse Hour = new("coupon", null, 60) { Coupon = 2 };

    public static IEnumerable<(string Name, EntryBody Body)> Seventh =>
    [
        ("parking-used", new(
            7, new MemberCommand.UseParking("6f", "p1", [.. Uses], new(50)),
            [
                new Fact.SpentPoints("points", new(50), [new(1, new(50))], default, "parking"),
                new Fact.ParkingUsed("6f", "p1", "bay", [.. Uses]),
            ],
            new([new("points", new(149), default)], "gold"))),
        ("parking-moved", new(
            7, new MemberCommand.MoveParking("p1", "b2", "s", Entered, true),
            [
                new Fact.ParkingLeft("p1", "b1", "s", Entered, Entered.AddMinutes(9), "moved"),
                new Fact.ParkingEntered("p1", "b2", "s", Entered),
            ],
            new([new("points", new(149), default)], "gold"))),
        ("parking-coupon", new(
            7, new MemberCommand.UseParking("70", "p1", [Hour], default) { Of = new(7) },
            [
                new Fact.CouponRedeemed(2, "hour", "p1", "70", "bay", new(2026, 11, 21), Money.Zero),
                new Fact.ParkingUsed("70", "p1", "bay", [Hour]),
            ],
            new([new("points", new(149), default)], "gold"))),
    ];
}
