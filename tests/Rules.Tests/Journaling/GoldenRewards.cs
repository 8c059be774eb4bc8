using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 7 added for stocks and rewards, every member set.</summary>
internal static class GoldenRewards
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    public static IEnumerable<(string Name, EntryBody Body)> Seventh =>
    [
        ("piece-back", Of(new MemberCommand.EndPieceBack("s/1"), new Fact.PieceReturned("s/1"))),
        ("order", Of(
            new MemberCommand.OrderReward("o1", "tea-set", "bay"),
            new Fact.OrderPlaced(
                "o1", "tea-set", "bay", "points", new(300), new(9.9m), At, At.AddMinutes(30)))),
        ("order-pay", Of(
            new MemberCommand.PayOrder("o1", "p1", new(9.9m)),
            new Fact.OrderPaid("o1", "p1", At.AddDays(14)))),
        ("order-out", Of(
            new MemberCommand.PickUpOrder("o1", "hall"),
            new Fact.OrderPickedUp("o1", "hall", At.AddDays(7)))),
        ("order-cancel", Of(
            new MemberCommand.CancelOrder("o1", "changed my mind"),
            new Fact.OrderEnded("o1", "cancelled", At, new(9.9m), "changed my mind"))),
        ("order-back", Of(
            new MemberCommand.ReturnOrder("o1", "hall", true, "wrong colour"),
            new Fact.OrderReturned("o1", "hall", At, true, new(9.9m), "wrong colour"))),
    ];

    private static EntryBody Of(MemberCommand command, Fact fact) => new(7, command, [fact], new([], "gold"));
}
