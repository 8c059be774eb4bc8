using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Achievements;

/// <summary>What is wrong with a declared achievement is said where it stands.</summary>
public class AchievementCheckTests
{
    [Theory]
    [InlineData("{ on: mall.refund, goal: 1 }", "ACHIEVEMENT_EVENT")]
    [InlineData("{ on: tier.changed, goal: 1 }", "ACHIEVEMENT_EVENT")]
    [InlineData("{ on: app.chekin, goal: 1 }", "ACHIEVEMENT_EVENT")]
    [InlineData("{ on: app.checkin, streak: day, every: month, goal: 1 }", "ACHIEVEMENT_STREAK")]
    [InlineData("{ on: app.checkin, streak: day, count: days, goal: 1 }", "ACHIEVEMENT_STREAK")]
    [InlineData("{ on: app.checkin, goal: 0 }", "VALUE_NOT_INTEGER")]
    [InlineData("{ on: app.checkin, count: event.paid, goal: 1 }", "CEL_UNKNOWN_FIELD")]
    [InlineData("{ on: app.checkin, when: event.page, goal: 1 }", "CEL_WRONG_RESULT_TYPE")]
    public void A_mistake_is_found(string achievement, string code)
    {
        var result = Small.Load(
            "ruleset: t", Small.Declarations + $"\nachievements:\n  one: {achievement}\n");

        Assert.Contains(code, result.Diagnostics.Select(found => found.Code));
        Assert.Null(result.Programme);
    }

    [Theory]
    [InlineData("when: 'member.achieved(\"oen\") > 0'", "ACHIEVEMENT_UNKNOWN")]
    [InlineData("on-return: re-evaluate", "ON_RETURN_CHAINED")]
    public void A_rule_that_cannot_be_meant_is_found(string line, string code)
    {
        var result = Small.Load(
            $"ruleset: t\nrules:\n  r:\n    on: achievement.reached\n    earn: {{ amount: 1 }}\n    {line}\n",
            Small.Declarations + "\nachievements: { one: { on: app.checkin, goal: 3 } }\n");

        Assert.Contains(code, result.Diagnostics.Select(found => found.Code));
    }
}
