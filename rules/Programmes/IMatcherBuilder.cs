namespace MallVip.Rules.Programmes;

/// <summary>Makes a matcher that stands in the place of MallVip's network.</summary>
public interface IMatcherBuilder
{
    /// <summary>A matcher of all rules of a programme.</summary>
    IRuleMatcher Build(IReadOnlyList<MatchableRule> rules);
}
