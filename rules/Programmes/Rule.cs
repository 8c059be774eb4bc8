using System.Collections.Immutable;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Programmes;

/// <summary>One rule as written, without its compiled condition (which the matcher holds).</summary>
public sealed record Rule
{
    /// <summary>Place and full id (<c>points/base</c>).</summary>
    public required RuleRef Ref { get; init; }

    /// <summary>The event type it waits for.</summary>
    public required string On { get; init; }

    public required RuleAction Action { get; init; }

    /// <summary>Earn only; null: the rule counts by itself.</summary>
    public RuleGroup? Group { get; init; }

    /// <summary>Who pays for its points; null: the mall.</summary>
    public Funding? Funding { get; init; }

    /// <summary>Set: the one value; effects: their data, by name. Else empty.</summary>
    public ImmutableArray<NamedValue> Values { get; init; } = [];

    /// <summary>When the tag that it gives ends before its time; null: no condition. Tag only.</summary>
    public ICondition? Until { get; init; }

    public OnReturn OnReturn { get; init; } = OnReturn.ProRata;

    public RuleLimit? Limit { get; init; }

    /// <summary>What it may give to all members together; null: any amount.</summary>
    public RuleBudget? Budget { get; init; }

    /// <summary>Higher acts first; equal ones in file order. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Position over all files (ordinal by path, then in file order).</summary>
    public required int Order { get; init; }

    public ActiveWindow? Active { get; init; }

    /// <summary>What members see on the receipt; null: the rule's id.</summary>
    public RuleLabel? Label { get; init; }
}

/// <summary>A rule's name for members. At least one of the two is set.</summary>
public sealed record RuleLabel(string? Zh, string? En);

/// <summary>How an amount becomes whole points. Default floor (towards minus infinity).</summary>
public enum Rounding
{
    Floor,
    Ceiling,
    HalfUp,
    HalfEven,
}

/// <summary>What a return does to what a rule gave.</summary>
public enum OnReturn
{
    ProRata,
    ReEvaluate,
    Keep,
}

/// <summary>At most so often and so much per member and window; at least one of the two is set.</summary>
public sealed record RuleLimit(LimitWindow Every, int? Times, long? Amount);
