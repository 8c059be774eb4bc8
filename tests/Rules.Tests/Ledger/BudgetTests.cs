using MallVip.Rules.Budgets;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Explaining;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>What a rule gives to all members together never goes beyond its budget.</summary>
public class BudgetTests
{
    private const string Rules = """
        ruleset: t
        rules:
          gift: { on: mall.purchase, earn: { amount: event.paid }, budget: { total: 150 } }
          double: { on: mall.purchase, when: event.paid < 1000, multiply: { by: 2 } }
        """;

    [Fact]
    public void What_is_short_is_skipped_and_left_for_whoever_comes_with_less()
    {
        var (ann, bob) = Two(Rules);

        Assert.Equal("t/gift 100|t/double 100|= 200", Lines(ann.Buys("noodles", 100)));
        Assert.Equal("= 0", Lines(bob.Buys("noodles", 100)));
        Assert.Equal("t/gift 50|t/double 50|= 100", Lines(bob.Buys("noodles", 50)));
        Assert.Equal("= 0", Lines(ann.Buys("noodles", 1)));
    }

    [Fact]
    public void A_part_is_given_where_the_rule_says_so()
    {
        var (ann, bob) = Two(With("total: 150, on-short: partial"));

        Assert.Equal("t/gift 100|t/double 100|= 200", Lines(ann.Buys("noodles", 100)));
        Assert.Equal("t/gift 50|t/double 50|= 100", Lines(bob.Buys("noodles", 100)));
        Assert.Equal("= 0", Lines(bob.Buys("noodles", 100)));
    }

    [Fact]
    public void A_window_has_a_budget_of_its_own()
    {
        var (ann, _) = Two(With("total: 150, every: day"));

        Assert.Equal("= 0", Lines(ann.Buys("noodles", 100).Buys("noodles", 100)));
        ann.Wait("2026-11-22T00:00").Buys("noodles", 100);
        Assert.Equal("t/gift 100|t/double 100|= 200", Lines(ann));
        Assert.Equal(
            [(new(2026, 11, 21), 100), (new(2026, 11, 21), 0), (new(2026, 11, 22), 100)],
            Uses(ann));
    }

    [Fact]
    public void What_the_cap_of_the_wallet_cuts_is_not_used()
    {
        var declarations = Small.Declarations.Replace(
            "points: { expiry: { months: 12 } }", "points: { cap: { every: day, amount: 30 } }",
            StringComparison.Ordinal);
        var ann = new Shopper(Small.Programme(Rules, declarations)).Buys("noodles", 100);

        Assert.Equal("t/gift 30|= 30", Lines(ann));
        var used = Assert.Single(ann.Last.OfType<Fact.BudgetUsed>());
        Assert.Equal((100, 100, 30), (used.Asked.Value, used.Granted.Value, used.Amount.Value));
    }

    [Theory]
    [InlineData("give-back", 40, 90)]
    [InlineData("give-back", 100, 150)]
    [InlineData("keep", 40, 50)]
    public void A_return_gives_back_what_left_the_member(string policy, decimal returned, long left)
    {
        var (ann, bob) = Two(With($"total: 150, on-short: partial, on-return: {policy}"));
        ann.Buys("noodles", 100, "R1").Returns("noodles", "R1", returned);

        bob.Buys("noodles", 999);

        Assert.Equal(left, bob.Last.OfType<Fact.BudgetUsed>().Single().Granted.Value);
    }

    [Fact]
    public void A_rule_that_gives_no_points_has_a_budget_of_times()
    {
        var (ann, bob) = Two("""
            ruleset: t
            rules:
              hello: { on: mall.purchase, send-message: thanks, budget: { total: 2 } }
            """);

        ann.Buys("noodles", 1).Buys("noodles", 1);
        Assert.Single(ann.Last.OfType<Fact.Effect>());
        bob.Buys("noodles", 1);
        Assert.Empty(bob.Last.OfType<Fact.Effect>());
    }

    [Fact]
    public void All_asks_of_a_decision_come_at_once_and_it_is_made_anew_with_the_answers()
    {
        var programme = Small.Programme("""
            ruleset: t
            rules:
              gift: { on: mall.purchase, earn: { amount: event.paid }, budget: { total: 150 } }
              double: { on: mall.purchase, multiply: { by: 2 }, budget: { total: 1000, every: month } }
            """);
        var ann = new Shopper(programme);
        var bought = new MemberCommand.RecordEvent(
            ann.Event(EventTypes.Purchase, ann.Bought("noodles", 100)));
        var context = new DecideContext { Programme = programme, Now = ann.Now, Entry = 2 };

        var asked = Asked(MemberDecider.Decide(ann.State, bought, context));
        Assert.Equal(
            [
                new(new("t/gift", DateOnly.MinValue), new(100), 150, false),
                new(new("t/double", new(2026, 11, 1)), new(100), 1000, false),
            ],
            asked);

        BudgetAnswer[] little =
        [
            new(asked[0].Budget, new(100), new(60), 7),
            new(asked[1].Budget, new(100), new(100), 8),
        ];
        var again = Asked(MemberDecider.Decide(ann.State, bought, context with { Budgets = [.. little] }));
        Assert.Equal(60, again[1].Amount.Value);

        BudgetAnswer[] fit = [little[0], new(asked[1].Budget, new(60), new(60), 8)];
        var decided = MemberDecider.Decide(ann.State, bought, context with { Budgets = [.. fit] });
        var accepted = Assert.IsType<Decision.Accepted>(decided);
        Assert.Equal(
            [("t/gift", 60, 7), ("t/double", 60, 8)],
            accepted.Facts.OfType<Fact.BudgetUsed>()
                .Select(used => (used.Rule, used.Amount.Value, used.Lease)));
    }

    [Fact]
    public void Why_says_that_the_budget_had_too_little_and_gets_the_recorded_answers()
    {
        var (ann, bob) = Two(With("total: 150, on-short: partial"));
        ann.Buys("noodles", 100);
        bob.Buys("noodles", 100);
        var part = Why.Explain(bob);
        Assert.True(part.IsSame);
        Assert.Equal(
            new BudgetAnswer(new("t/gift", DateOnly.MinValue), new(100), new(50), 0),
            part.Events[0].Rules.Single(rule => rule.Rule.Ref.Rule == "t/gift").Budget);

        bob.Buys("noodles", 100);
        Assert.True(Why.Explain(bob).IsSame);
        Assert.Equal(
            "t/gift: BudgetUsedUp\nt/double: NothingToMultiply", Why.Outcomes(Why.Explain(bob)));
    }

    [Fact]
    public void A_case_may_say_what_is_left()
    {
        var result = Small.Load(Rules + """

            cases:
              - name: nothing left
                budgets: { gift: 99 }
                event: { type: mall.purchase, store: noodles, paid: 100 }
                expect: { points: 0, lines: {} }
              - name: used up by what comes before
                budgets: { t/gift: 100 }
                before: [{ type: mall.purchase, store: noodles, paid: 60 }]
                event: { type: mall.purchase, store: noodles, paid: 60 }
                expect: { points: 0 }
              - name: enough
                event: { type: mall.purchase, store: noodles, paid: 100 }
                expect: { points: 200 }
            """);

        Assert.Empty(Small.Findings(result));
    }

    private static BudgetAsk[] Asked(Decision decision) =>
        [.. Assert.IsType<Need.OfBudgets>(Assert.IsType<Decision.Needs>(decision).Need).Asks];

    private static string With(string budget) =>
        Rules.Replace("total: 150", budget, StringComparison.Ordinal);

    private static (Shopper Ann, Shopper Bob) Two(string rules)
    {
        var (programme, budgets) = (Small.Programme(rules), new BudgetCount());
        return (new(programme) { Budgets = budgets }, new(programme) { Budgets = budgets });
    }

    private static IEnumerable<(DateOnly First, long Used)> Uses(Shopper shopper) =>
        from entry in shopper.Journal
        from used in entry.Facts.OfType<Fact.BudgetUsed>()
        select (used.Window, used.Amount.Value);

    private static string Lines(Shopper shopper) =>
        LedgerText.Earned(shopper).Replace('\n', '|');
}
