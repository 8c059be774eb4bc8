using System.Numerics;
using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

public class DecimalTests
{
    [Theory]
    [InlineData("decimal('0.1') + 0.2", "0.3")]
    [InlineData("decimal('0.30')", "0.30")]
    [InlineData("decimal(0.3)", "0.3")]
    [InlineData("decimal(3u) - 5", "-2")]
    [InlineData("2 * decimal('1.5')", "3.0")]
    [InlineData("decimal('10') / 4", "2.5")]
    [InlineData("decimal(1) / 3", "0.333333333333")]
    [InlineData("decimal(2) / 3", "0.666666666667")]
    [InlineData("decimal(-2) / 3", "-0.666666666667")]
    [InlineData("decimal('1') / 8192", "0.0001220703125")]
    [InlineData("decimal('79228162514264337593543950335') / 7", "11318308930609191084791992905")]
    [InlineData("decimal('7.5') % 2", "1.5")]
    [InlineData("-decimal('7.5')", "-7.5")]
    [InlineData("div(1, 3, 4, 'half-even')", "0.3333")]
    [InlineData("div(0.25, 10, 2, 'half-even')", "0.02")]
    [InlineData("div(0.25, 10, 2, 'half-up')", "0.03")]
    [InlineData("div(0.21, 10, 2, 'up')", "0.03")]
    [InlineData("div(-0.21, 10, 2, 'up')", "-0.03")]
    [InlineData("div(-0.29, 10, 2, 'down')", "-0.02")]
    [InlineData("div(-0.21, 10, 2, 'floor')", "-0.03")]
    [InlineData("div(-0.29, 10, 2, 'ceil')", "-0.02")]
    [InlineData("math.greatest(decimal('0.5'), 1, 0.75)", "1")]
    [InlineData("math.least(decimal('0.5'), 1, 0.25)", "0.25")]
    [InlineData("math.round(decimal('2.5'))", "3")]
    [InlineData("round(2.345, 2)", "2.35")]
    [InlineData("round(decimal('2.345'), 2, 'half-even')", "2.34")]
    [InlineData("floor(decimal('-2.5'))", "-3")]
    [InlineData("math.ceil(decimal('2.1'))", "3")]
    [InlineData("math.abs(decimal('-2.5'))", "2.5")]
    [InlineData("true ? decimal('1') : 0.5", "1")]
    [InlineData("decimal('100') * (true ? 1.5 : 1.0)", "150.0")]
    public void Money_is_computed_in_base_ten(string source, string expected) =>
        Assert.Equal($$$"""{"value":{"decimal":"{{{expected}}}"}}""", Eval(source));

    [Theory]
    [InlineData("decimal('0.1') + 0.2 == 0.3", true)]
    [InlineData("0.1 + 0.2 == 0.3", false)]
    [InlineData("decimal('1.50') == decimal('1.5')", true)]
    [InlineData("decimal('2') == 2", true)]
    [InlineData("2u == decimal('2')", true)]
    [InlineData("decimal('0.5') in [0.1, 0.5]", true)]
    [InlineData("decimal('3') in [1, 2, 3]", true)]
    [InlineData("decimal('9223372036854775807.5') > 9223372036854775807", true)]
    [InlineData("dyn(decimal('1')) == dyn(1)", true)]
    [InlineData("dyn(decimal('1.5')) < dyn(2u)", true)]
    [InlineData("type(decimal('1')) == decimal", true)]
    [InlineData("int(decimal('-2.9')) == -2", true)]
    [InlineData("string(decimal('0.30')) == '0.30'", true)]
    [InlineData("double(decimal('0.5')) == 0.5", true)]
    public void Decimals_compare_with_whole_numbers_and_literals(string source, bool expected) =>
        Assert.Equal(expected ? """{"value":{"bool":true}}""" : """{"value":{"bool":false}}""", Eval(source));

    [Theory]
    [InlineData("decimal('1') / 0", CelCodes.DivideByZero)]
    [InlineData("decimal('1') % decimal(0)", CelCodes.DivideByZero)]
    [InlineData("decimal('79228162514264337593543950335') * 2", CelCodes.Overflow)]
    [InlineData("decimal('79228162514264337593543950335') + decimal('79228162514264337593543950335')",
        CelCodes.Overflow)]
    [InlineData("decimal('1,5')", CelCodes.BadConversion)]
    [InlineData("div(decimal(1), 3, 29, 'down')", CelCodes.BadArgument)]
    [InlineData("div(decimal(1), 3, 2, 'nearest')", CelCodes.BadArgument)]
    [InlineData("dyn(decimal('1')) + dyn(0.5)", CelCodes.NoOverload)]
    [InlineData("decimal('1') + double('0.5')", CelCodes.DoubleWithDecimal)]
    [InlineData("decimal('1') < 0.25 + 0.25", CelCodes.DoubleWithDecimal)]
    [InlineData("decimal('1') * (true ? double('1.5') : 1.0)", CelCodes.DoubleWithDecimal)]
    public void What_cannot_be_exact_or_in_range_is_an_error(string source, string code) =>
        Assert.Contains($"\"code\":\"{code}\"", Eval(source), StringComparison.Ordinal);

    [Fact]
    public void A_quotient_is_rounded_once_from_the_exact_value()
    {
        // The 28-digit quotient ends in ...5000 at the 13th decimal, the exact one lies just above the tie.
        Assert.Equal(0.000000000001m, CelDecimal.Divide(5.000000000000001m, 9999999999999.999m));
        Assert.Equal(0.0005m, CelDecimal.Divide(1m, 2000m));
    }

    [Fact]
    public void Every_quotient_is_what_whole_numbers_of_any_size_say()
    {
        var random = new Random(20261122);
        for (var n = 0; n < 20_000; n++)
        {
            var high = random.Next(2) * random.Next(1 << 16);
            var a = new decimal(random.Next(), high, 0, n % 7 == 0, (byte)random.Next(8));
            var b = new decimal(1 + random.Next(1 << random.Next(1, 31)), 0, 0, false, (byte)random.Next(8));
            if (n % 3 == 0)
                a = b * random.Next(1, 1 << 20);

            if (Math.Abs(a / b) > 1e15m)
                continue;
            Assert.Equal((a, b, Quotient(a, b)), (a, b, CelDecimal.Divide(a, b)));
        }
    }

    /// <summary>The exact quotient if 28 decimals hold it, else half-even at 12.</summary>
    /// <param name="b">Above 0.</param>
    private static decimal Quotient(decimal a, decimal b)
    {
        var (numerator, denominator) = (new BigInteger(a * Ten(7)), new BigInteger(b * Ten(7)));
        var exact = BigInteger.DivRem(numerator * BigInteger.Pow(10, 28), denominator, out var rest);
        var scale = 28;
        for (; scale > 0 && exact % 10 == 0; scale--)
            exact /= 10;
        if (rest.IsZero && BigInteger.Abs(exact) < BigInteger.Pow(2, 96))
            return (decimal)exact / Ten(scale);
        var cut = BigInteger.DivRem(numerator * BigInteger.Pow(10, 12), denominator, out rest);
        var half = (2 * BigInteger.Abs(rest)).CompareTo(denominator);
        if (half > 0 || (half == 0 && !cut.IsEven))
            cut += numerator.Sign;
        return (decimal)cut / Ten(12);
    }

    private static decimal Ten(int power) => (decimal)BigInteger.Pow(10, power);

    [Theory]
    [InlineData("1.5")]
    [InlineData("2")]
    [InlineData("event.paid / 10")]
    [InlineData("member.tier == 'gold' ? 1.5 : 1")]
    public void An_amount_may_be_a_plain_literal(string source) =>
        Assert.Equal(CelKind.Decimal,
            PurchaseSample.Compile(source, CelType.Decimal).Evaluate(PurchaseSample.Beauty).Kind);

    private static string Eval(string source) =>
        CelEval.EvaluateLine(System.Text.Json.JsonSerializer.Serialize(new { expr = source }));
}
