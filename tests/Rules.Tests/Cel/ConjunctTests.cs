using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

public class ConjunctTests
{
    [Fact]
    public void A_condition_splits_at_its_outermost_and()
    {
        var condition =
            PurchaseSample.Compile(
                "(event.paid >= 500 && member.tier == \"gold\") && (true || event.paid > 1)");
        Assert.Equal(
            ["(event.paid >= 500)", "(member.tier == \"gold\")", "(true || (event.paid > 1))"],
            condition.Conjuncts.Select(each => each.Text));
        Assert.All(condition.Conjuncts, each => Assert.True(each.Compile().Matches(PurchaseSample.Beauty)));
    }

    [Theory]
    [InlineData("'gold' == member.tier", "member.tier==\"gold\"")]
    [InlineData("event.paid>=  500", "event.paid >= (500)")]
    [InlineData("event.paid == 0.50", "event.paid == 0.5")]
    [InlineData("event.store.id == '''a'''", "event.store.id == r'a'")]
    public void Equal_tests_have_equal_text(string one, string other) => Assert.Equal(Text(one), Text(other));

    [Theory]
    [InlineData("event.store.floor == 1", "event.store.floor == 1u + 0u", false)]
    [InlineData("event.store.id == '1'", "event.store.id in ['1']", true)]
    [InlineData("event.paid - 1 - 1 > 0", "event.paid - (1 - 1) > 0", true)]
    public void Different_tests_have_different_text(string one, string other, bool bothCompile)
    {
        if (bothCompile)
            Assert.NotEqual(Text(one), Text(other));
        else
            Assert.NotEmpty(PurchaseSample.Environment.Compile(other).Diagnostics);
    }

    [Theory]
    [InlineData("event.store.category == 'beauty'", "event.store.category", "beauty")]
    [InlineData("'beauty' == event.store.category", "event.store.category", "beauty")]
    [InlineData("event.store.category in ['beauty', 'shoes', 'beauty']", "event.store.category",
        "beauty, shoes")]
    [InlineData("event.paid == 1.50", "event.paid", "1.50")]
    public void Equality_with_literals_can_be_indexed(string source, string path, string values)
    {
        var index = Assert.Single(PurchaseSample.Compile(source).Conjuncts).Index;
        Assert.NotNull(index);
        Assert.Equal((path, values), (index.Path, string.Join(", ", index.Values)));
        Assert.NotNull(PurchaseSample.Environment.Compile(index.Path).Expression);
    }

    [Theory]
    [InlineData("event.store.category != 'beauty'")]
    [InlineData("event.lines[0].sku == 'a'")]
    [InlineData("event.store.category == event.store.id")]
    [InlineData("event.store.category in ['a', event.store.id]")]
    [InlineData("'a' in member.tags")]
    [InlineData("event.lines.exists(l, l.sku == 'a')")]
    public void Other_tests_are_not_indexed(string source) =>
        Assert.Null(Assert.Single(PurchaseSample.Compile(source).Conjuncts).Index);

    [Fact]
    public void What_is_read_is_known()
    {
        var reads = PurchaseSample.Compile(
            "event.store.category == 'a' && member.spent('30d') > math.greatest(event.paid, 1)"
            + " && bonus(2) > 1 && event.lines.exists(l, l.qty > 1)").Reads;
        Assert.Equal(["event", "member"], reads.Roots);
        Assert.Equal(["event.lines", "event.paid", "event.store.category", "member"], reads.Paths);
        Assert.Equal(
            ["spent@member(30d)", "bonus@(2)"],
            reads.Calls.Select(each =>
                $"{each.Function}@{each.ReceiverPath}({string.Join(",", each.LiteralArgs)})"));
    }

    [Theory]
    [InlineData("true || event.paid > 1", true)]
    [InlineData("event.paid > 1 && 1 > 2", false)]
    [InlineData("1 + 1 == 2", true)]
    [InlineData("[1, 2].exists(x, x == 3)", false)]
    [InlineData("event.paid > 1", null)]
    [InlineData("bonus(1) == 0", null)]
    [InlineData("1 / 0 > 1", null)]
    public void Conditions_that_never_change_are_known(string source, bool? expected) =>
        Assert.Equal(expected, PurchaseSample.Compile(source).Constant?.AsBool);

    private static string Text(string source) => Assert.Single(PurchaseSample.Compile(source).Conjuncts).Text;
}
