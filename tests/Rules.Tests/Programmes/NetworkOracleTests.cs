using System.Globalization;
using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Vocabulary;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>
/// The network against a matcher that evaluates every rule's whole condition for every event.
/// </summary>
public class NetworkOracleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_network_finds_what_trying_every_rule_finds(int seed)
    {
        Compare(new Random(seed), rules: 120, events: 300);
    }

    /// <summary><c>MALLVIP_ORACLE_SETS</c>: how many; 100 unless told.</summary>
    [Fact]
    public void The_network_finds_it_in_any_small_set_of_rules()
    {
        var sets = int.Parse(
            Environment.GetEnvironmentVariable("MALLVIP_ORACLE_SETS") ?? "100", CultureInfo.InvariantCulture);
        for (var seed = 0; seed < sets; seed++)
            Compare(new Random(seed), rules: 2 + (seed % 16), events: 20);
    }

    private static void Compare(Random random, int rules, int events)
    {
        var conditions = Enumerable.Range(0, rules).Select(_ => RandomRules.Condition(random)).ToArray();
        var programme = Small.Programme(Small.Rules("mall.purchase", conditions));
        var oracle = Oracle(conditions);
        for (var n = 0; n < events; n++)
        {
            var context = Small.Context(programme, RandomRules.Event(random), RandomRules.Member(random));
            var matches = new List<RuleMatch>();
            programme.Matcher.Match(context, matches);

            Assert.Equal(oracle(context),
                matches.Select(match => (match.Rule.Order, match.Fault is not null)));
        }
    }

    private static Func<EvalContext, IEnumerable<(int Order, bool Failed)>> Oracle(string[] conditions)
    {
        var main = MallVip.Rules.Yaml.YamlReader.Read("programme.yaml", Small.Declarations, new())!;
        var language = new RuleLanguage(new DeclarationReader(main, [], new()).Read());
        var expressions = conditions
            .Select(condition => language.Compile("mall.purchase", condition, CelType.Bool).Expression!)
            .ToArray();
        return context => Enumerate(expressions, context);
    }

    private static IEnumerable<(int Order, bool Failed)> Enumerate(CelExpression<EvalContext>[] expressions,
        EvalContext context)
    {
        for (var order = 0; order < expressions.Length; order++)
            if (!expressions[order].TryEvaluate(context, out bool holds, out var error))
                yield return (order, error is not null);
            else if (holds)
                yield return (order, false);
    }
}
