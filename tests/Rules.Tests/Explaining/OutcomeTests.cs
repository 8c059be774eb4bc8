using FsCheck;
using FsCheck.Fluent;
using MallVip.Rules.Commands;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;
using MallVip.Rules.Tests.Properties;

namespace MallVip.Rules.Tests.Explaining;

/// <summary>What became of each rule, and why.</summary>
public class OutcomeTests
{
    [Fact]
    public void The_example_of_the_programme_tells_the_outcome_of_every_rule()
    {
        var shopper = GoldMember("2026-11-21T11:00");
        shopper.Wait("2026-11-21T12:00").Buys("beauty-hall", 600);

        var explanation = Why.Explain(shopper);

        Assert.True(explanation.IsSame);
        var outcomes = Why.Outcomes(explanation).Split('\n');
        Assert.Contains("points/base: Acted 60", outcomes);
        Assert.Contains("points/beauty-weekend: Acted 100", outcomes);
        Assert.Contains("points/gold-multiplier: Acted 80", outcomes);
        Assert.Contains("growth/spend: Acted 600", outcomes);
        Assert.Contains("points/dining: ConditionFalse \"beauty\" == \"dining\"", outcomes);
        Assert.Contains("points/silver-multiplier: ConditionFalse \"gold\" == \"silver\"", outcomes);
        Assert.Contains("campaigns/step-1000: ConditionFalse 1 + 600 >= 1000", outcomes);
        var line = explanation.Lines.Single(one => one.Rule?.Rule.Ref.Rule == "points/gold-multiplier");
        Assert.Equal(new Calculation(0.5m, 160, new(80), new(80), new(80)), line.Rule!.Calculation);
        Assert.Equal("points.yaml", line.Rule.Rule.Ref.File);
    }

    [Fact]
    public void A_rule_that_did_not_fire_says_which_part_of_it_stood_in_the_way()
    {
        var shopper = GoldMember("2026-11-20T11:00");
        shopper.Wait("2026-11-20T12:00").Buys("beauty-hall", 600);
        Assert.Contains("points/beauty-weekend: NotActive", Why.Outcomes(Why.Explain(shopper)).Split('\n'));

        shopper.Wait("2026-11-21T12:00").Buys("beauty-hall", 600).Buys("beauty-hall", 600);
        var second = Why.Explain(shopper).Events[0].Rules.Single(rule =>
            rule.Rule.Ref.Rule == "points/beauty-weekend");
        Assert.Equal(RuleOutcome.LimitUsedUp, second.Outcome);
        Assert.Equal(
            new WindowUse(LimitWindow.Day, new(2026, 11, 21), 1, 1, new(100), null), second.Limit);

        shopper.Buys("bay-fresh", 600);
        var outcomes = Why.Outcomes(Why.Explain(shopper)).Split('\n');
        Assert.Contains("points/base: ConditionFalse \"supermarket\" != \"supermarket\"", outcomes);
        Assert.Contains("points/gold-multiplier: NothingToMultiply", outcomes);
    }

    [Fact]
    public void A_cap_a_limit_by_amount_and_an_amount_of_nothing_are_told()
    {
        var programme = Examples.Plain(wallet => wallet with { Cap = new(LimitWindow.Day, 150) })
            .Earn("a", _ => 100)
            .Earn("b", _ => 100, rule => rule with { Limit = new(LimitWindow.Day, null, 70) })
            .Earn("c", _ => 0.9m)
            .Earn("d", _ => -1)
            .Multiply("x", _ => 1.5m)
            .Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 10);

        var explanation = Why.Explain(shopper);

        Assert.Equal(
            """
            points/a: Acted 100
            points/b: Acted 50
            points/c: AmountZero
            points/d: AmountRefused
            points/x: Capped
            """,
            Why.Outcomes(explanation));
        var cut = explanation.Events[0].Rules[1].Calculation;
        Assert.Equal(new Calculation(100, 1, new(100), new(70), new(50)), cut);
    }

    [Fact]
    public void A_rule_that_fails_says_with_what()
    {
        var programme = Small.Programme(Small.Rules(
            "mall.purchase", "1 / (int(event.paid) - 600) > 0", "event.paid > 1"));
        var shopper = new Shopper(programme).Buys("beauty-hall", 600);

        var rules = Why.Explain(shopper).Events[0].Rules;

        Assert.Equal(RuleOutcome.Failed, rules[0].Outcome);
        Assert.Equal("CEL_DIVIDE_BY_ZERO", rules[0].Fault!.Code);
        Assert.Equal(RuleOutcome.Acted, rules[1].Outcome);
    }

    [Fact]
    public void Deciding_an_entry_again_gives_what_is_recorded()
    {
        var entries = 0;
        Prop.ForAll(History.Arbitrary, history =>
        {
            var shopper = Player.Play(history);
            for (var seq = 1; seq <= shopper.Past.Count; seq++)
            {
                var explanation = Why.Explain(shopper, seq);
                entries++;
                Assert.True(explanation.IsSame, $"entry {seq} of {history}");
                foreach (var line in explanation.Lines)
                    AssertExplained(line, shopper.Past[seq - 1].Command is MemberCommand.EndReview);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(new Replay(new Rnd(7, 11), null)));
        Assert.True(entries > 200, $"only {entries} entries");
    }

    private static void AssertExplained(LineExplanation line, bool isRejection)
    {
        if (line.Fact is Fact.Earned earned)
            Assert.Equal(earned.Amount, line.Rule?.Calculation?.Points);
        if (line.Fact is Fact.Expired expired)
            Assert.Equal(expired.Amount.Value, line.Shares.Sum(share => share.Left.Value));
        if (line.Fact is Fact.Activated activated)
            Assert.Equal(activated.Amount.Value, line.Shares.Sum(share => share.Left.Value));
        // What a rejection takes back is all that was left: there is nothing to compute.
        if (line.Fact is Fact.Reversed)
            Assert.Equal(isRejection, line.Reversal is null);
    }

    private static Shopper GoldMember(string at)
    {
        var shopper = new Shopper(Library.Demo, at, enrol: false);
        shopper.Do(new MemberCommand.OpenAccount(
            new MemberCommand.Enrol(Shopper.Id, shopper.Now, "bay", [], null), [], "gold", null));
        return shopper.Buys("bay-coat", 1);
    }
}
