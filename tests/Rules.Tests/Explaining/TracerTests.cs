using MallVip.Rules.Cel;
using MallVip.Rules.Explaining;
using MallVip.Rules.Members;
using MallVip.Rules.Network;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Vocabulary;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Explaining;

/// <summary>What an explanation says of an expression is what the compiled expression has seen.</summary>
public class TracerTests
{
    private static readonly RuleLanguage Language = LanguageOf(
        Library.Demo.Sources["programme.yaml"] + "\n" + Library.Demo.Sources["stores.yaml"]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_part_of_every_rule_of_the_demo_has_the_value_of_its_text_compiled_anew(int seed)
    {
        var random = new Random(seed);
        var parts = 0;
        for (var n = 0; n < 15; n++)
        {
            var context = RandomPurchase(random);
            foreach (var rule in Library.Demo.Compiled.Values.Where(rule => rule.Rule.On == "mall.purchase"))
                foreach (var expression in ExpressionsOf(rule))
                    parts += AssertTrue(expression, context);
        }

        Assert.True(parts > 500, $"only {parts} parts");
    }

    [Fact]
    public void What_an_operand_has_decided_is_not_asked_and_says_so()
    {
        var trace = Trace("event.paid < 10 && 1 / (int(event.paid) - 600) > 0", paid: 600);

        Assert.False(trace.Holds);
        Assert.Equal(
            """
            0 event.paid < 10 && 1 / (int(event.paid) - 600) > 0 = false
            1 event.paid < 10 = false
            2 event.paid = 600
            1 1 / (int(event.paid) - 600) > 0 = not needed
            2 1 / (int(event.paid) - 600) = not needed
            3 int(event.paid) - 600 = not needed
            4 int(event.paid) = not needed
            5 event.paid = not needed
            """,
            Lines(trace));
    }

    [Fact]
    public void A_failure_stands_at_the_part_that_failed_and_at_all_that_needed_it()
    {
        var trace = Trace("1 / (int(event.paid) - 600) > 0 || event.paid > 700", paid: 600);

        Assert.Equal(CelKind.Error, trace.Value.Kind);
        Assert.Equal(
            ["CEL_DIVIDE_BY_ZERO", "CEL_DIVIDE_BY_ZERO", "CEL_DIVIDE_BY_ZERO"],
            trace.Parts.Where(part => part.Value is { IsError: true }).Select(part =>
                part.Value!.Value.AsError.Code));
    }

    [Fact]
    public void A_choice_asks_one_of_its_two_answers()
    {
        var trace = Trace("member.tier == \"gold\" ? event.paid * 2 : event.paid", paid: 7);

        Assert.Equal(
            """
            0 member.tier == "gold" ? event.paid * 2 : event.paid = 7
            1 member.tier == "gold" = false
            2 member.tier = 
            1 event.paid * 2 = not needed
            2 event.paid = not needed
            1 event.paid = 7
            """,
            Lines(trace));
        Assert.Equal("\"\" == \"gold\" ? event.paid * 2 : 7", trace.WithValues);
    }

    [Fact]
    public void A_macro_shows_what_it_walks_over_and_what_it_came_to()
    {
        var trace = Trace(
            "[1, 2, event.local.month].exists(n, n > 10) && member.spent(\"7d\") == 0", paid: 1);

        Assert.Equal(
            """
            0 [1, 2, event.local.month].exists(n, n > 10) && member.spent("7d") == 0 = true
            1 [1, 2, event.local.month].exists(n, n > 10) = true
            2 [1, 2, event.local.month] = [1, 2, 11]
            3 event.local.month = 11
            1 member.spent("7d") == 0 = true
            2 member.spent("7d") = 0
            """,
            Lines(trace));
    }

    [Theory]
    [InlineData("(event.paid - 1) / 10 - (2 - 3)", "(event.paid - 1) / 10 - (2 - 3)")]
    [InlineData("((event.paid)) * (1 + 2)", "event.paid * (1 + 2)")]
    [InlineData("!(event.paid > 1.50)  ==  true", "!(event.paid > 1.50) == true")]
    [InlineData("[1,2].map(x, x*2)[0] == 2", "[1, 2].map(x, x * 2)[0] == 2")]
    [InlineData("(event.paid > 1 || true) && has(member.attributes.children)",
        "(event.paid > 1 || true) && has(member.attributes.children)")]
    public void An_expression_is_written_with_the_parentheses_that_it_needs(string source, string written) =>
        Assert.Equal(written, ExpressionText.Of(Compile(source).Root));

    private static int AssertTrue(CelExpression<EvalContext> expression, EvalContext context)
    {
        var trace = ExpressionTracer.Trace(expression, context);
        AssertSame(expression.Evaluate(context), trace.Value, trace.Text);
        foreach (var part in trace.Parts.Where(part => part.IsNeeded))
            AssertSame(Compile(part.Text).Evaluate(context), part.Value!.Value, part.Text);
        return trace.Parts.Length;
    }

    private static void AssertSame(CelValue wanted, CelValue value, string text)
    {
        if (wanted.IsError || value.IsError)
            Assert.Equal(wanted.IsError ? wanted.AsError.Code : "no error",
                value.IsError ? value.AsError.Code : "no error");
        else
            Assert.True(ShownValue.Of(wanted) == ShownValue.Of(value), $"{text}: {wanted} and {value}");
    }

    private static IEnumerable<CelExpression<EvalContext>> ExpressionsOf(CompiledRule rule) =>
        rule.Conjuncts.Select(conjunct => conjunct.Compile())
            .Concat(rule.Amount is { } amount ? [amount] : Array.Empty<CelExpression<EvalContext>>());

    private static string Lines(ExpressionTrace trace) => string.Join(
        "\n", trace.Parts.Select(part => $"{part.Depth} {part.Text} = {part.Shown ?? "not needed"}"));

    private static ExpressionTrace Trace(string source, decimal paid) => ExpressionTracer.Trace(
        Compile(source), Small.Context(Library.Demo, Small.Purchase("bay-coat", paid)));

    private static CelExpression<EvalContext> Compile(string source) =>
        Language.Compile("mall.purchase", source, CelType.Dyn).Expression
            ?? throw new ArgumentException(
                string.Join("\n", Language.Compile("mall.purchase", source, CelType.Dyn).Diagnostics));

    private static EvalContext RandomPurchase(Random random)
    {
        var stores = Library.Demo.Stores.Keys.Order(StringComparer.Ordinal).ToArray();
        var happened = Small.Purchase(
            stores[random.Next(stores.Length)], random.Next(0, 120_000) / 100m,
            $"2026-11-{random.Next(1, 30):D2}T{random.Next(24):D2}:00:00+08:00");
        string[] tiers = ["member", "silver", "gold", "black"];
        return Small.Context(Library.Demo, happened, MemberState.Empty with
        {
            Tier = new(tiers[random.Next(4)], DateTimeOffset.UnixEpoch, null),
            Tags = random.Next(4) == 0 ? [new TagState("staff", DateTimeOffset.UnixEpoch, null, null)] : [],
            Days = DayLog.Empty.AddPurchase("bay", new DateOnly(2026, 11, random.Next(1, 30)), 900),
            Events = random.Next(3),
        });
    }

    private static RuleLanguage LanguageOf(string declarations)
    {
        var main = MallVip.Rules.Yaml.YamlReader.Read("programme.yaml", declarations, new())!;
        return new RuleLanguage(new DeclarationReader(main, [], new()).Read());
    }
}
