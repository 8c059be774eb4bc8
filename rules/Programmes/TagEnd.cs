using MallVip.Rules.Facts;

namespace MallVip.Rules.Programmes;

/// <summary>When a tag that a rule gave ends before its time.</summary>
public sealed record TagEnd(RuleRef Rule, ICondition Condition);
