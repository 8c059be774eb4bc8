namespace MallVip.Rules.Programmes;

/// <summary>
/// What a rule may give to all members together in a window: points of an earn or multiply rule, times of any
/// other.
/// </summary>
/// <param name="Total">From 1; a published change holds at once, what is used stays used.</param>
/// <param name="Every">The window, in mall-local days. Default ever.</param>
/// <param name="OnShort">What happens to an event for which too little is left.</param>
/// <param name="OnReturn">What happens to the points that a return takes back.</param>
public sealed record RuleBudget(long Total, LimitWindow Every, OnShort OnShort, BudgetReturn OnReturn);

/// <summary>What a rule does where its budget has less than it would give. Default skip.</summary>
public enum OnShort
{
    /// <summary>Nothing: whoever comes later with less may still get it.</summary>
    Skip,
    /// <summary>Gives what is left.</summary>
    Partial,
}

/// <summary>What a return does to a rule's budget. Default give-back.</summary>
public enum BudgetReturn
{
    /// <summary>The points that left the member may be given again.</summary>
    GiveBack,
    /// <summary>What was given counts for good.</summary>
    Keep,
}
