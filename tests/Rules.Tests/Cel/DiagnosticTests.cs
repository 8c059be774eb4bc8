using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

public class DiagnosticTests
{
    [Theory]
    [InlineData("event.piad > 5", 1, 7, 4, CelCodes.UnknownField, "Did you mean 'paid'?")]
    [InlineData("event.payed > 5", 1, 7, 5, CelCodes.UnknownField, "Did you mean 'paid'?")]
    [InlineData("event.lines.all(l, l.colour == 1)", 1, 22, 6, CelCodes.UnknownField,
        "One of: category, paid, qty, sku.")]
    [InlineData("event.store.\n  categori == 'x'", 2, 3, 8, CelCodes.UnknownField,
        "Did you mean 'category'?")]
    [InlineData("evnt.paid > 5", 1, 1, 4, CelCodes.UnknownVariable, "Did you mean 'event'?")]
    [InlineData("'a'.startWith('b')", 1, 5, 9, CelCodes.UnknownFunction, "Did you mean 'startsWith'?")]
    [InlineData("member.spend('1d') > 5", 1, 8, 5, CelCodes.UnknownFunction, "Did you mean 'spent'?")]
    [InlineData("siez(event.lines) > 1", 1, 1, 4, CelCodes.UnknownFunction, "Did you mean 'size'?")]
    [InlineData("event.paid == 'x'", 1, 12, 2, CelCodes.NoOverload, null)]
    [InlineData("event.store.floor == 1.0", 1, 19, 2, CelCodes.NoOverload,
        "Convert one side, for example with int(...).")]
    [InlineData("member.spent('36x') > 5", 1, 14, 5, CelCodes.BadLiteral, null)]
    [InlineData("member.spent(event.store.id) > 5", 1, 26, 2, CelCodes.LiteralWanted, null)]
    [InlineData("event.paid > event.rate", 1, 20, 4, CelCodes.DoubleWithDecimal,
        "Declare the value as decimal, or write it as a literal such as 0.5.")]
    [InlineData("(true ? 1.5 : 1) > 1.0", 1, 7, 1, CelCodes.NoOverload, null)]
    [InlineData("member.tier == 'glod'", 1, 16, 6, CelCodes.UnknownValue, "Did you mean 'gold'?")]
    [InlineData("member.tier in ['gold', 'platinum']", 1, 25, 10, CelCodes.UnknownValue,
        "One of: basic, gold, silver.")]
    [InlineData("event.lines.all(l, l.qty)", 1, 22, 3, CelCodes.NotBool, null)]
    [InlineData("event.paid.all(l, true)", 1, 12, 3, CelCodes.NotWalkable, null)]
    [InlineData("event.store.id.matches('a(b')", 1, 24, 5, CelCodes.BadRegex, null)]
    [InlineData("event.store.id.matches('(?=a)b')", 1, 24, 8, CelCodes.BadRegex, null)]
    [InlineData("'a'.charAt()", 1, 5, 6, CelCodes.WrongArguments, "It takes: string.charAt(int).")]
    [InlineData("event.lines.sum() > 1", 1, 13, 3, CelCodes.NoOverload, null)]
    [InlineData("1 +", 1, 4, 1, CelCodes.Syntax, null)]
    [InlineData("a ? b", 1, 6, 1, CelCodes.Syntax, null)]
    [InlineData("1 + 'open", 1, 5, 5, CelCodes.Syntax, null)]
    [InlineData("\"\"\"a\nb\"\"\" + for", 2, 8, 3, CelCodes.Syntax, null)]
    [InlineData("x{y: 1}", 1, 2, 1, CelCodes.Syntax, null)]
    [InlineData("", 1, 1, 1, CelCodes.Syntax, null)]
    public void A_mistake_is_located_and_explained(
        string source, int line, int column, int length, string code, string? hint)
    {
        var found = Assert.Single(PurchaseSample.Environment.Compile(source).Diagnostics);
        Assert.Equal((code, line, column, length, hint),
            (found.Code, found.Line, found.Column, found.Length, found.Hint));
        Assert.Equal(found.Message, CelMessages.Format(found.Code, found.Args));
    }

    [Fact]
    public void All_mistakes_come_at_once_in_the_order_of_the_source()
    {
        var found =
            PurchaseSample.Environment.Compile("evnt.x == 1 && event.piad > 5\n|| member.tier == 'glod'")
                .Diagnostics;
        Assert.Equal([(1, 1), (1, 22), (2, 19)], found.Select(each => (each.Line, each.Column)));
    }

    [Fact]
    public void Broken_tokens_are_all_reported()
    {
        var found = PurchaseSample.Environment.Compile("1 # 2 + 'a\\q' + 0x").Diagnostics;
        Assert.Equal([3, 11, 17], found.Select(each => each.Column));
    }

    [Theory]
    [InlineData("event.paid", "The expression gives decimal, but bool is wanted.")]
    [InlineData("event.lines.map(l, l.sku)", "The expression gives list(string), but bool is wanted.")]
    public void A_condition_must_give_a_bool(string source, string message)
    {
        var found = Assert.Single(PurchaseSample.Environment.Compile(source, CelType.Bool).Diagnostics);
        Assert.Equal((CelCodes.WrongResult, message), (found.Code, found.Message));
    }

    [Fact]
    public void Every_code_has_a_template()
    {
        var codes = typeof(CelCodes).GetFields().Select(field => (string)field.GetValue(null)!);
        Assert.Equal(codes.Order(StringComparer.Ordinal),
            CelMessages.Templates.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_error_of_evaluation_names_the_failing_operation()
    {
        var error = PurchaseSample.Evaluate("event.store.floor == 3 &&\n  1 / (event.store.floor - 3) > 0")
            .AsError;
        Assert.Equal((CelCodes.DivideByZero, 2, 5), (error.Code, error.Line, error.Column));
    }
}
