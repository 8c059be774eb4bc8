namespace MallVip.Rules.Explaining;

/// <summary>What became of a rule on an event of its type.</summary>
public enum RuleOutcome
{
    /// <summary>It acted, perhaps on less than it asked for.</summary>
    Acted,
    /// <summary>The event lies outside its active window.</summary>
    NotActive,
    /// <summary>Its condition does not hold.</summary>
    ConditionFalse,
    /// <summary>Its condition or its amount could not be evaluated.</summary>
    Failed,
    /// <summary>Another rule of its group was picked.</summary>
    NotPicked,
    /// <summary>Its amount is negative or beyond what a wallet holds.</summary>
    AmountRefused,
    /// <summary>Its amount is 0 after rounding.</summary>
    AmountZero,
    /// <summary>No rule earned anything in its wallet.</summary>
    NothingToMultiply,
    /// <summary>Only the largest multiplier of the wallet counts, and it is another.</summary>
    NotLargest,
    /// <summary>Its limit has nothing left in the window.</summary>
    LimitUsedUp,
    /// <summary>Its budget had too little left, whoever used the rest.</summary>
    BudgetUsedUp,
    /// <summary>The wallet's cap left nothing of it.</summary>
    Capped,
    /// <summary>The member has the tag already, at least as long.</summary>
    TagHeld,
    /// <summary>The member does not have the tag that it takes.</summary>
    TagMissing,
    /// <summary>What it gives or sets is there already, or it could not be computed.</summary>
    NothingChanged,
}
