using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

public class EnvironmentTests
{
    [Theory]
    [InlineData("event.paid >= 500 && event.store.category == 'beauty'", true)]
    [InlineData("event.paid / 10 == 60.05", true)]
    [InlineData("event.lines.exists(l, l.category == 'beauty' && l.paid > 400)", true)]
    [InlineData("event.lines.all(l, l.qty > 1)", false)]
    [InlineData("event.lines.exists_one(l, l.qty == 1)", true)]
    [InlineData("event.lines.exists(i, l, i == 1 && l.sku == 'socks')", true)]
    [InlineData("event.lines.map(l, l.sku) == ['lipstick', 'socks']", true)]
    [InlineData("event.lines.filter(l, l.qty == 1)[0].paid == 200", true)]
    [InlineData("event.lines.size() == 2 && size(event.lines) == 2", true)]
    [InlineData("event.lines[1].sku == 'socks'", true)]
    [InlineData("dyn(event).store.floor == 3", true)]
    [InlineData("has(event.till) && event.till == 't-7'", true)]
    [InlineData("has(dyn(event).till)", true)]
    [InlineData("'vip' in member.tags", true)]
    [InlineData("member.tags.exists(t, t.startsWith('ni'))", true)]
    [InlineData("member.age > 40", true)]
    [InlineData("member.spent('73d') == 2400", true)]
    [InlineData("member.scaled(0.5) == 6000", true)]
    [InlineData("bonus(7) == 70", true)]
    [InlineData("cel.bind(p, event.paid, p > 600 && p < 601)", true)]
    [InlineData("event.store in [event.store]", true)]
    [InlineData("event.lines.map(l, l.paid).sum() == 600.50", true)]
    [InlineData("event.lines.filter(l, l.category == 'beauty').map(l, l.paid).sum() * 0.5 > 200", true)]
    [InlineData("event.lines.map(l, l.category == 'x', l.paid).sum() == 0", true)]
    [InlineData("[1.5, 2.5].sum() == 4.0 && [duration('1s'), duration('2s')].sum() == duration('3s')", true)]
    [InlineData("event.attributes.colour == 'red' && !has(event.attributes.size)", true)]
    [InlineData("event.attributes.exists(k, v, v == 'red')", true)]
    [InlineData("event.lines.map(l, l.paid).exists(p, p == 200)", true)]
    public void Rules_read_the_event_and_the_member(string source, bool expected)
    {
        var expression = PurchaseSample.Compile(source, CelType.Bool);
        Assert.True(expression.TryEvaluate(PurchaseSample.Beauty, out bool holds, out var error),
            error?.Message);
        Assert.Equal(expected, holds);
        Assert.Equal(expected, expression.Evaluate(PurchaseSample.Beauty).AsBool);
    }

    [Theory]
    [InlineData("event.till == 't-7'")]
    [InlineData("member.age > 40")]
    [InlineData("dyn(event).till == 't-7'")]
    public void Reading_what_is_absent_is_an_error_value(string source)
    {
        var bare =
            PurchaseSample.Beauty with
            {
                Till = null,
                Member = PurchaseSample.Beauty.Member with { Age = null }
            };
        var expression = PurchaseSample.Compile(source);
        Assert.Equal(CelCodes.Absent, expression.Evaluate(bare).AsError.Code);
        Assert.False(expression.Matches(bare));
        Assert.True(PurchaseSample.Compile($"{source} || true").Matches(bare));
        Assert.False(PurchaseSample.Compile("has(event.till) || has(member.age)").Matches(bare));
    }

    [Fact]
    public void Typed_entry_points_give_host_values()
    {
        Assert.True(PurchaseSample.Compile("event.paid * 2")
            .TryEvaluate(PurchaseSample.Beauty, out decimal money, out _));
        Assert.Equal(1201.00m, money);
        Assert.True(PurchaseSample.Compile("event.store.floor + 1")
            .TryEvaluate(PurchaseSample.Beauty, out long floor, out _));
        Assert.Equal(4, floor);
        Assert.True(PurchaseSample.Compile("event.store.id")
            .TryEvaluate(PurchaseSample.Beauty, out string? id, out _));
        Assert.Equal("beauty-hall", id);
    }

    [Fact]
    public void An_error_that_a_host_function_returns_is_the_error_of_the_evaluation()
    {
        var environment = new CelEnvironment<int>().Function("fails",
            _ => CelValue.Of(CelError.Of("HOST_SAYS_NO", "no")), CelType.Bool);
        var expression = environment.Compile("1 < 2 &&\n fails()").Expression!;
        Assert.Equal(new CelError("HOST_SAYS_NO", "no", 2, 2),
            expression.Evaluate(0).AsError with { Offset = 0 });
        Assert.True(environment.Compile("fails() || true").Expression!.Matches(0));
    }

    [Fact]
    public void Opaque_values_are_only_compared()
    {
        var environment = new CelEnvironment<string>()
            .Variable("phone", each => CelValue.OfOpaque(each), CelType.Opaque("handle"));
        Assert.True(environment.Compile("phone == phone").Expression!.Matches("h1"));
        var found = Assert.Single(environment.Compile("phone + phone").Diagnostics);
        Assert.Equal((CelCodes.OpaqueUse, 7), (found.Code, found.Column));
        Assert.Equal(CelCodes.NoOverload,
            Assert.Single(environment.Compile("phone.startsWith('1')").Diagnostics).Code);
    }

    [Fact]
    public void A_clone_grows_without_its_origin()
    {
        var origin = new CelEnvironment<int>().Variable("x", each => each);
        var grown = origin.Clone().Variable("y", each => each + 1);
        Assert.True(grown.Compile("x < y").Expression!.Matches(1));
        Assert.Single(origin.Compile("x < y").Diagnostics);
    }
}
