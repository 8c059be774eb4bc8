using MallVip.Rules.Facts;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>Every line says who pays for it.</summary>
public class FundingTests
{
    private const string Rules = """
        ruleset: t
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid / 10 } }
          brand: { on: mall.purchase, earn: { amount: 50 }, funding: { brand: 60%, mall: 40% } }
          mall: { on: mall.purchase, earn: { amount: 5 }, funding: { mall: 100% } }
          double: { on: mall.purchase, multiply: { by: 2 }, funding: { store: 100% } }
        """;

    [Fact]
    public void Lines_of_earn_and_multiply_rules_carry_it_and_the_mall_is_not_written()
    {
        var shopper = new Shopper(Small.Programme(Rules)).Buys("noodles", 100);

        Assert.Equal(
            ["t/base ", "t/brand mall:40,brand:60", "t/mall ", "t/double store:100"],
            shopper.Last.OfType<Fact.Earned>().Select(line => $"{line.Why!.Rule} {line.Funding}"));
    }

    [Fact]
    public void Points_of_different_payers_share_the_lot_of_their_dates()
    {
        var shopper = new Shopper(Small.Programme(Rules)).Buys("noodles", 100);

        Assert.Single(shopper.State.Lots);
    }

    [Fact]
    public void What_a_return_takes_back_names_who_had_paid()
    {
        var shopper = new Shopper(Small.Programme(Rules)).Buys("noodles", 100, "R1")
            .Returns("noodles", "R1", 100);

        Assert.Equal(
            ["t/base ", "t/brand mall:40,brand:60", "t/mall ", "t/double store:100"],
            shopper.Last.OfType<Fact.Reversed>().Select(line => $"{line.Why!.Rule} {line.Funding}"));
    }

    [Theory]
    [InlineData("mall:40,brand:60")]
    [InlineData("store:100")]
    [InlineData("mall:1,store:2,brand:97")]
    public void It_is_read_as_it_was_written(string text) =>
        Assert.Equal(text, Funding.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("till:100")]
    [InlineData("mall")]
    [InlineData("mall:x")]
    public void Anything_else_is_no_funding(string text) =>
        Assert.Throws<FormatException>(() => Funding.Parse(text));
}
