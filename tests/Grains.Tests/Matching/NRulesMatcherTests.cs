using MallVip.Grains.Orleans.Matching;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Grains.Tests.Matching;

/// <summary>NRules against MallVip's network, which has an oracle of its own.</summary>
public sealed class NRulesMatcherTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void NRules_finds_what_the_network_finds(int seed)
    {
        var random = new Random(seed);
        var conditions = Enumerable.Range(0, 120).Select(_ => RandomRules.Condition(random)).ToArray();
        var files = Small.Files(WithWindows(Small.Rules("mall.purchase", conditions)));
        var (network, other) = (Load(new(), files), Load(new(NRulesMatcher.Builder), files));
        Assert.IsType<NRulesMatcher>(other.Matcher);
        var found = 0;
        for (var n = 0; n < 400; n++)
        {
            var (purchase, member) = (RandomRules.Event(random), RandomRules.Member(random));
            var expected = Small.Match(network, purchase, member);

            var matches = Small.Match(other, purchase, member);

            Assert.Equal(expected.Select(Told), matches.Select(Told));
            found += matches.Count;
        }

        Assert.True(found > 1_000, $"Only {found} matches.");
    }

    [Fact]
    public void NRules_knows_nothing_of_types_without_rules()
    {
        var programme = Load(new(NRulesMatcher.Builder), Small.Files(Small.Rules("mall.purchase", "true")));
        var opened = Small.Event("app.opened", """{"page":"home"}""");
        Assert.Empty(Small.Match(programme, opened));
        Assert.Single(Small.Match(programme, Small.Purchase("noodles", 1)));
    }

    /// <summary>Every fifth rule acts at weekends only, and every seventh before the others.</summary>
    private static string WithWindows(string rules)
    {
        var number = 0;
        return string.Join('\n', rules.Split('\n').Select(line =>
        {
            if (!line.StartsWith("    on: ", StringComparison.Ordinal))
                return line;
            number++;
            return line + (number % 5 == 0 ? "\n    active: { days: [sat, sun] }" : "")
                + (number % 7 == 0 ? $"\n    priority: {number}" : "");
        }));
    }

    private static (int Order, decimal Amount, string? Fault) Told(RuleMatch match) =>
        (match.Rule.Order, match.Amount, match.Fault?.Code);

    private static Programme Load(ProgrammeLoader loader, Dictionary<string, string> files)
    {
        var result = loader.Load(files);
        return result.Programme ?? throw new ArgumentException(string.Join("\n", result.Diagnostics));
    }
}
