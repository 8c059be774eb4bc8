using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 6 added for engagement, every member set.</summary>
internal static class GoldenEngagement
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly MemberId Friend = MemberId.Parse("01234567-89ab-cdef-0123-456789abcdef");

    public static IEnumerable<(string Name, EntryBody Body)> Sixth =>
        Facts().Select(fact => ("fact-" + fact.GetType().Name, Of(new MemberCommand.FireDue(), fact)))
            .Concat(Commands().Select(pair => (pair.Name, Of(pair.Command, Fact.EventCounted.Instance))));

    private static EntryBody Of(MemberCommand command, Fact fact) => new(6, command, [fact], new([], "gold"));

    private static IEnumerable<(string Name, MemberCommand Command)> Commands() =>
    [
        ("friend", new MemberCommand.RecordFriend(Friend, new(123.45m))),
        ("brought-end", new MemberCommand.EndReferral(Friend, "told")),
        ("brought-later", new MemberCommand.MissReferrer(Friend)),
    ];

    private static IEnumerable<Fact> Facts() =>
    [
        new Fact.AchievementCounted("week-streak", Day, 12.5m),
        new Fact.AchievementReached("week-streak", Day, 2),
        new Fact.ReferralCompleted("beauty-hall", "R-1", new(123.45m), At, At.AddDays(14)),
        new Fact.ReferralPostponed(At),
        new Fact.ReferralEnded("told"),
        new Fact.FriendPurchased(Friend, new(123.45m)),
        new Fact.Effect(EffectKind.EndBenefit, "valet", null, new("benefits/ended", "", 0)),
    ];
}
