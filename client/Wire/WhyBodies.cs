using System.Collections.Immutable;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>Where the lines of one journal entry of a member come from.</summary>
public sealed record WhyBody
{
    public required MemberId Member { get; init; }

    /// <summary>The entry.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused it: an API key's name, an import, a timer.</summary>
    public required string Actor { get; init; }

    /// <summary>The programme version that decided it.</summary>
    public required string RulesVersion { get; init; }

    /// <summary>
    /// False: another build decided it. Amounts are those on record, reasons are computed by this build.
    /// </summary>
    public required bool Same { get; init; }

    /// <summary>The answer in a few sentences.</summary>
    public required ReceiptBody Text { get; init; }

    /// <summary>The lines that were asked for.</summary>
    public required ImmutableArray<WhyLineBody> Lines { get; init; }

    /// <summary>The events that the entry decided.</summary>
    public required ImmutableArray<WhyEventBody> Events { get; init; }
}

/// <summary>Where one line comes from.</summary>
public sealed record WhyLineBody
{
    /// <summary>From 1 within the entry, as in the ledger.</summary>
    public required int Line { get; init; }

    /// <summary>
    /// <c>earned</c>, <c>activated</c>, <c>expired</c>, <c>spent</c>, <c>adjusted</c>, <c>reversed</c>,
    /// <c>tier</c>, <c>tagged</c>, <c>untagged</c>, <c>attribute</c>, <c>effect</c>, <c>flagged</c> (a guard
    /// acted), <c>released</c> or <c>rejected</c> (a review ended).
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>None for what is not about points.</summary>
    public string? Wallet { get; init; }

    /// <summary>What the line is about, as the fact says: positive but for corrections downwards.</summary>
    public long? Points { get; init; }

    /// <summary>The reason of a spend or correction.</summary>
    public string? Reason { get; init; }

    /// <summary>The event that caused it, by its place in <c>events</c> from 0; none: no event.</summary>
    public int? Event { get; init; }

    /// <summary>What the rule read and computed; none: not by a rule.</summary>
    public RuleWhyBody? Rule { get; init; }

    /// <summary>Of a tier change.</summary>
    public TierWhyBody? Tier { get; init; }

    /// <summary>Of a tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Of an attribute that a rule has set.</summary>
    public AttributeWhyBody? Attribute { get; init; }

    /// <summary>Of something that a rule asked others to do.</summary>
    public EffectBody? Effect { get; init; }

    /// <summary>Of a tag that ended before its time: the condition that ended it.</summary>
    public ExpressionBody? End { get; init; }

    /// <summary>Of points that lapsed or became active: the earlier lines left in the lot.</summary>
    public ImmutableArray<LotShareBody>? Shares { get; init; }

    /// <summary>Of points that went out: the lots that they came from.</summary>
    public ImmutableArray<LotPartBody>? Parts { get; init; }

    /// <summary>Of points that a return took back.</summary>
    public ReversalWhyBody? Reversal { get; init; }
}

/// <summary>An event and the rules that did not act on it.</summary>
/// <param name="Source">Its key's first half.</param>
/// <param name="Id">Its key's second half.</param>
/// <param name="Type">Its type.</param>
/// <param name="Time">On the wall clock of its mall.</param>
/// <param name="Store">The declared store; none: it has none.</param>
/// <param name="Mall">The declared mall; none: it has none.</param>
/// <param name="NotActing">Each rule for the type that did not act, and why.</param>
public sealed record WhyEventBody(
    string Source, string Id, string Type, DateTimeOffset Time, string? Store, string? Mall,
    ImmutableArray<RuleWhyBody> NotActing);

/// <summary>An attribute of the member after a rule.</summary>
/// <param name="Value">Numbers as decimal strings, days as YYYY-MM-DD, moments as RFC 3339.</param>
public sealed record AttributeWhyBody(string Name, string? Value);

/// <summary>Points of an earlier line in a lot.</summary>
/// <param name="Seq">The entry of that line.</param>
/// <param name="Rule">Full id; none: not by a rule.</param>
/// <param name="Points">What it put into the lot.</param>
/// <param name="Left">What was left of it.</param>
public sealed record LotShareBody(long Seq, DateTimeOffset At, string? Rule, long Points, long Left);

/// <summary>A part of a lot.</summary>
/// <param name="ExpiresAt">When it would have lapsed; none: never.</param>
public sealed record LotPartBody(int Lot, long Points, DateTimeOffset? ExpiresAt = null);
