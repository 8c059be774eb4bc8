using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 7 added for reviews, every member set.</summary>
internal static class GoldenReviews
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    private static readonly MemberId Friend = MemberId.Parse("00000000-0000-0000-0000-000000000009");

    public static IEnumerable<(string Name, EntryBody Body)> Seventh =>
    [
        ("review-flagged", Of(
            new MemberCommand.FireDue(), new Fact.Flagged(new("guards/many", "", 0), "too many in an hour"))),
        ("review-opened", Of(
            new MemberCommand.FireDue(),
            new Fact.ReviewOpened(new(
                "7fd30a11-2", [new(new("guards/many", "", 0), "too many in an hour")], At, "mall.purchase",
                "till-3", "e-1", "tills",
                [
                    new(
                        9, "points", new(260), At.AddDays(14), true, new("points/base", "", 0),
                        new(40, 0, 60), new(2026, 11, 21)),
                ])
            {
                Store = "beauty-hall",
                Receipt = "R-1",
                Cashier = "017",
                Limits = [new("points/base", new(2026, 11, 1), new(2026, 12, 1))],
                Budgets = [new("points/base", new(2026, 11, 1))],
            }))),
        ("receipt-noted", Of(
            new MemberCommand.RecordFriend(Friend, new(12.5m)) { Identities = [new("plate", "77")] },
            new Fact.Noted(new(At, new(12.5m), true)))),
        ("receipt-contested", Of(
            new MemberCommand.NoteContest("beauty-hall", "R-1"),
            new Fact.ReceiptContested("beauty-hall", "R-1"))),
        ("review-confirmed", Of(
            new MemberCommand.ConfirmPurchase("beauty-hall", "R-1", "seen"),
            new Fact.ReviewConfirmed("7fd30a11-2"))),
        ("review-ended", Of(
            new MemberCommand.EndReview("7fd30a11-2", ReviewEnd.Rejected, "one receipt, cut into ten"),
            new Fact.ReviewEnded(
                "7fd30a11-2", ReviewEnd.Rejected, "one receipt, cut into ten", "anna", "beauty-hall",
                "R-1"))),
    ];

    private static EntryBody Of(MemberCommand command, Fact fact) => new(7, command, [fact], new([], "gold"));
}
