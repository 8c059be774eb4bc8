using System.Collections.Immutable;

namespace MallVip.Client.Wire;

/// <summary>What became of one rule on one event, and why.</summary>
public sealed record RuleWhyBody
{
    public required RuleBody Rule { get; init; }

    /// <summary>
    /// <c>acted</c>, <c>not-active</c>, <c>condition-false</c>, <c>failed</c>, <c>not-picked</c>,
    /// <c>amount-refused</c>, <c>amount-zero</c>, <c>nothing-to-multiply</c>, <c>not-largest</c>,
    /// <c>limit-used-up</c>, <c>capped</c>, <c>tag-held</c>, <c>tag-missing</c> or
    /// <c>nothing-changed</c>.
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>Why it did not act, in words; none: it acted.</summary>
    public ReceiptBody? Text { get; init; }

    /// <summary>What it read, by path: <c>event.paid</c>, <c>member.spent("365d")</c>.</summary>
    public ImmutableSortedDictionary<string, string>? Reads { get; init; }

    /// <summary>Each operand of its condition, up to the first that is false.</summary>
    public ImmutableArray<ExpressionBody>? Conditions { get; init; }

    /// <summary>Of an earn rule the points before rounding, of a multiplier its factor.</summary>
    public ExpressionBody? Amount { get; init; }

    /// <summary>The points as a formula with its values, <c>floor(600 / 10)</c>.</summary>
    public string? Formula { get; init; }

    /// <summary>After rounding.</summary>
    public long? Rounded { get; init; }

    /// <summary>What its limit left of that.</summary>
    public long? Limited { get; init; }

    /// <summary>What the wallet's cap left of that: the line.</summary>
    public long? Points { get; init; }

    /// <summary>Of a multiplier: what it acts on.</summary>
    public long? Of { get; init; }

    /// <summary>How its group decided; none: no other rule of a group matched.</summary>
    public GroupWhyBody? Group { get; init; }

    /// <summary>What its limit had let through before the event.</summary>
    public WindowUseBody? Limit { get; init; }

    /// <summary>What its wallet had taken in before the event.</summary>
    public WindowUseBody? Cap { get; init; }
}

/// <summary>How a group decided among its rules that matched for one wallet.</summary>
/// <param name="Group">Full id.</param>
/// <param name="Pick"><c>first</c> or <c>best</c>.</param>
/// <param name="Offers">In the order in which they act.</param>
public sealed record GroupWhyBody(string Group, string Pick, ImmutableArray<GroupOfferBody> Offers);

/// <summary>What one rule of a group had to give.</summary>
/// <param name="Rule">Full id.</param>
/// <param name="Amount">Before rounding, limits and caps, a decimal string.</param>
/// <param name="Picked">True: it counts, the others do not.</param>
public sealed record GroupOfferBody(string Rule, string Amount, bool Picked);

/// <summary>An expression with its values.</summary>
/// <param name="Text">In one spelling.</param>
/// <param name="Value">What it came to.</param>
/// <param name="Parts">Every part but literals, the whole first.</param>
public sealed record ExpressionBody(string Text, string Value, ImmutableArray<ExpressionPartBody> Parts);

/// <summary>A part of an expression.</summary>
/// <param name="Depth">0: the whole; operands are one deeper than their operator.</param>
/// <param name="Line">Within the expression, from 1.</param>
/// <param name="Column">Within the expression, from 1.</param>
/// <param name="Value">None: it was not needed.</param>
/// <param name="Read">True: read from the event or the member.</param>
public sealed record ExpressionPartBody(
    string Text, int Depth, int Line, int Column, string? Value = null, bool? Read = null);

/// <summary>The window of a limit or cap, before the event.</summary>
/// <param name="Every"><c>day</c>, <c>week</c>, <c>month</c>, <c>year</c> or <c>ever</c>.</param>
/// <param name="First">Its first day; none: ever.</param>
public sealed record WindowUseBody(
    string Every, DateOnly? First, int Times, int? MostTimes, long Points, long? MostPoints);

/// <summary>A tier change and what was asked of the ladder, from the highest tier down.</summary>
/// <param name="Cause"><c>enrol</c>, <c>event</c>, <c>adjust</c>, <c>validity</c>, <c>opening</c> or
/// <c>rule</c>.</param>
public sealed record TierWhyBody(
    string? From, string? To, string Cause, ImmutableArray<TierAskedBody> Asked);

/// <summary>A question to the ladder.</summary>
/// <param name="Line">Of the entry condition in <c>programme.yaml</c>.</param>
/// <param name="Condition">None: everyone has the tier.</param>
public sealed record TierAskedBody(string Tier, bool Holds, int? Line, ExpressionBody? Condition);

/// <summary>What a return left of a line.</summary>
public sealed record ReversalWhyBody
{
    /// <summary>The entry of the purchase.</summary>
    public required long Purchase { get; init; }

    public required string Store { get; init; }

    public required string Receipt { get; init; }

    /// <summary>The purchase's programme version.</summary>
    public required string RulesVersion { get; init; }

    /// <summary>The rule that had made the line.</summary>
    public RuleBody? Rule { get; init; }

    /// <summary><c>pro-rata</c>, <c>re-evaluate</c> or <c>keep</c>; none: a multiplier.</summary>
    public string? OnReturn { get; init; }

    /// <summary>What the line had earned.</summary>
    public required long Earned { get; init; }

    /// <summary>What earlier returns had left of it.</summary>
    public required long Before { get; init; }

    /// <summary>What this return leaves.</summary>
    public required long Kept { get; init; }

    /// <summary>How that came about.</summary>
    public string? Formula { get; init; }

    /// <summary>What had expired already.</summary>
    public required long Lapsed { get; init; }

    /// <summary>What had been spent and could not be taken back.</summary>
    public required long Short { get; init; }

    /// <summary>What took the balance below zero.</summary>
    public required long BelowZero { get; init; }

    /// <summary>What was paid and has not come back, a decimal string.</summary>
    public required string PaidLeft { get; init; }

    /// <summary>What had been paid, a decimal string.</summary>
    public required string Paid { get; init; }

    /// <summary>Under <c>re-evaluate</c>: the condition on what is left.</summary>
    public ImmutableArray<ExpressionBody>? Conditions { get; init; }
}
