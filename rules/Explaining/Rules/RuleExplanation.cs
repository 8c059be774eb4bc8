using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Explaining;

/// <summary>What became of one rule on one event, and why.</summary>
public sealed record RuleExplanation
{
    public required Rule Rule { get; init; }

    public required RuleOutcome Outcome { get; init; }

    /// <summary>
    /// The operands of its condition, in order, up to the first that is false; all of them must hold.
    /// </summary>
    public ImmutableArray<ExpressionTrace> Conditions { get; init; } = [];

    /// <summary>Of an earn rule the points, of a multiplier the factor; null: it was not asked.</summary>
    public ExpressionTrace? Amount { get; init; }

    /// <summary>How the amount became points; null: it did not come to that.</summary>
    public Calculation? Calculation { get; init; }

    /// <summary>What its limit had let through before; null: it has none.</summary>
    public WindowUse? Limit { get; init; }

    /// <summary>What its budget answered; null: it was not asked.</summary>
    public BudgetAnswer? Budget { get; init; }

    /// <summary>What its wallet had taken in before; null: no cap.</summary>
    public WindowUse? Cap { get; init; }

    /// <summary>How its group decided; null: it has none, or no other rule of the group matched.</summary>
    public GroupExplanation? Group { get; init; }

    /// <summary>Why it could not be evaluated.</summary>
    public RuleFault? Fault { get; init; }

    /// <summary>
    /// The first operand of its condition that is false, or else that fails; null: all hold.
    /// </summary>
    public ExpressionTrace? FirstFalse =>
        Conditions.FirstOrDefault(condition => condition is { Holds: false, Value.IsError: false })
            ?? Conditions.FirstOrDefault(condition => !condition.Holds);
}

/// <summary>How an amount became points.</summary>
/// <param name="Factor">Of a multiplier the factor less 1.</param>
/// <param name="Of">What is multiplied: 1 for an earn rule.</param>
/// <param name="Rounded">The factor times <paramref name="Of"/>, rounded as the rule says; null:
/// refused.</param>
/// <param name="Limited">What the rule's limit left of it.</param>
/// <param name="Points">What the rule's budget and the wallet's cap left of that: the ledger line.</param>
public sealed record Calculation(decimal Factor, long Of, Points? Rounded, Points Limited, Points Points);

/// <summary>A window of a limit or a cap before the event.</summary>
/// <param name="First">The window's first day; <see cref="DateOnly.MinValue"/>: ever.</param>
/// <param name="Times">How often the rule had acted in it.</param>
/// <param name="MostTimes">How often it may; null: as often as it likes.</param>
/// <param name="Amount">What had been given in it.</param>
/// <param name="MostAmount">What may be given; null: any amount.</param>
public sealed record WindowUse(
    LimitWindow Every, DateOnly First, int Times, int? MostTimes, Points Amount, Points? MostAmount);
