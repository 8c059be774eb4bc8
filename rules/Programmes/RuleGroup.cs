namespace MallVip.Rules.Programmes;

/// <summary>Earn rules of one file of which only some count.</summary>
/// <param name="Id">Full id: rule set and group, <c>points/welcome</c>.</param>
public sealed record RuleGroup(string Id, Pick Pick);

/// <summary>Which matching earn rules of a group count, wallet by wallet. Default all.</summary>
public enum Pick
{
    All,
    /// <summary>The one that acts first: by priority, then file order.</summary>
    First,
    /// <summary>The one with the largest amount before rounding; of equal ones the first.</summary>
    Best,
}
