using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Achievements;

/// <summary>A programme with achievements as an operator writes them.</summary>
internal static class Badges
{
    private const string Declared = """

        achievements:
          week: { name: Seven days in a row, on: app.checkin, streak: day, goal: 7, recurs: always }
          row: { on: app.checkin, streak: week, goal: 3, recurs: every-period }
          regular: { on: mall.purchase, when: event.paid >= 50, every: month, goal: 4, recurs: every-period }
          big-year: { on: mall.purchase, count: event.paid, every: year, goal: 20000 }
          guest: { on: mall.purchase, count: days, goal: 3 }
          tens: { on: mall.purchase, count: event.paid, goal: 10000, recurs: always }
        """;

    private const string Rules = """
        ruleset: badges
        rules:
          week: { on: achievement.reached, when: event.achievement == "week", earn: { amount: 70 } }
          first:
            on: achievement.reached
            when: event.achievement == "week" && event.times == 1
            tag: runner
          regular: { on: achievement.reached, when: event.achievement == "regular", grant-coupon: ten-off }
          ran: { on: tag.added, when: event.tag == "runner", send-message: thanks }
        """;

    public static Programme Of(string rules = Rules) => Small.Programme(rules, Small.Declarations + Declared);

    public static Shopper Enrolled(string at = "2026-06-01T09:00") => new(Of(), at);

    public static Shopper ChecksIn(this Shopper shopper, params string[] days)
    {
        foreach (var day in days)
            shopper.Sends(EventTypes.AppCheckin, new AppData("home", null), $"{day}T12:00");
        return shopper;
    }

    /// <summary>What the last entry reached, each with how often at once.</summary>
    public static string Reached(this Shopper shopper) => string.Join(
        ", ", shopper.Last.OfType<Fact.AchievementReached>().Select(
            fact => fact.Times == 1 ? fact.Achievement : $"{fact.Achievement} x{fact.Times}"));

    /// <summary>What all entries reached.</summary>
    public static int Times(this Shopper shopper, string achievement) =>
        shopper.State.Achievements?.SumOf(achievement).Times ?? 0;
}
