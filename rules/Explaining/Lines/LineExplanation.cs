using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Explaining;

/// <summary>Where one line of an entry comes from.</summary>
public sealed record LineExplanation
{
    /// <summary>From 1 within the entry.</summary>
    public required int Number { get; init; }

    public required Fact Fact { get; init; }

    /// <summary>Its event, by its place in <see cref="EntryExplanation.Events"/>; null: none.</summary>
    public int? Event { get; init; }

    /// <summary>The rule that caused it; null: no rule, or one that the archive does not know.</summary>
    public RuleExplanation? Rule { get; init; }

    /// <summary>Of a tag that ended before its time: the condition that ended it.</summary>
    public ExpressionTrace? End { get; init; }

    /// <summary>Of a tier change: what was asked, from the highest tier down.</summary>
    public ImmutableArray<TierExplanation> Tiers { get; init; } = [];

    /// <summary>Of a lot that expired or became active: whose points were left in it, oldest first.</summary>
    public ImmutableArray<LotShare> Shares { get; init; } = [];

    /// <summary>Of points that went out: the lots that they were drawn from.</summary>
    public ImmutableArray<DrawnPart> Parts { get; init; } = [];

    /// <summary>Of points that a return took back.</summary>
    public ReversalExplanation? Reversal { get; init; }
}

/// <summary>A question to the ladder.</summary>
/// <param name="Condition">Null: everyone has the tier.</param>
public sealed record TierExplanation(Tier Tier, bool Holds, ExpressionTrace? Condition, int Line);

/// <summary>Points of one earlier line in a lot.</summary>
/// <param name="Seq">The entry of that line.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Rule">Full id; null: an opening balance, a correction, or points that a return gave
/// back.</param>
/// <param name="Amount">What the line put into the lot.</param>
/// <param name="Left">What was left of it.</param>
public sealed record LotShare(long Seq, DateTimeOffset At, string? Rule, Points Amount, Points Left);

/// <summary>A part of a lot that was drawn.</summary>
/// <param name="ExpiresAt">When the lot would have lapsed; null: never.</param>
public sealed record DrawnPart(int Lot, Points Amount, DateTimeOffset? ExpiresAt);
