using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 6 added for refunds that wait, every member set.</summary>
internal static class GoldenRefunds
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    private static readonly MallEvent Refund = new("till", "b1", EventTypes.Refund, At, new RefundData
    {
        Refund = "B-1",
        Store = "beauty-hall",
        Receipt = "R-1",
        Paid = new(100),
    });

    public static IEnumerable<(string Name, EntryBody Body)> Sixth =>
    [
        ("refund-waits", Of(
            new MemberCommand.RecordEvent(Refund),
            new Fact.EventParked("beauty-hall", Refund, At.AddDays(30)) { LookAt = At.AddMinutes(1) })),
        ("refund-later", Of(new MemberCommand.LeaveRefund(3, null), new Fact.RefundPostponed(3, At))),
        ("refund-left", Of(
            new MemberCommand.LeaveRefund(3, MemberCommand.LeaveRefund.Taken), new Fact.EventSettled(3))),
        ("refund-found", Of(new MemberCommand.SettleRefund(3), new Fact.EventSettled(3))),
    ];

    private static EntryBody Of(MemberCommand command, Fact fact) => new(6, command, [fact], new([], "gold"));
}
