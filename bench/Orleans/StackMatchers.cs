using MallVip.Grains.Orleans.Matching;
using MallVip.Rules.Programmes;

namespace MallVip.Bench;

/// <summary>Matchers that only this stack has.</summary>
internal static class StackMatchers
{
    public static (string Name, IMatcherBuilder? Builder)[] All => [("NRules", NRulesMatcher.Builder)];
}
