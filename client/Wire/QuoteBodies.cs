using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>Asks what an event would give.</summary>
/// <param name="Data">As in an event of the type. A purchase may leave out <c>receipt</c>.</param>
/// <param name="Type">None: <c>mall.purchase</c>.</param>
/// <param name="Member">A member's id or identity; none: somebody who has just enrolled.</param>
/// <param name="Time">When it happens; none: <c>now</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuoteBody(
    JsonElement Data, string? Type = null, string? Member = null, DateTimeOffset? Time = null);

/// <summary>What an event would give. Nothing is recorded.</summary>
public sealed record QuoteAnswerBody
{
    /// <summary>None: somebody who has just enrolled.</summary>
    public MemberId? Member { get; init; }

    /// <summary>The clock of the decision.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The programme version in force.</summary>
    public required string RulesVersion { get; init; }

    /// <summary>The answer in a sentence.</summary>
    public required ReceiptBody Text { get; init; }

    /// <summary>What each rule would give, in the order in which the rules act.</summary>
    public required ImmutableArray<QuoteLineBody> Points { get; init; }

    /// <summary>The sum by wallet.</summary>
    public required ImmutableSortedDictionary<string, long> Totals { get; init; }

    /// <summary>The balances after it.</summary>
    public required ImmutableSortedDictionary<string, long> Balances { get; init; }

    /// <summary>The tier before and after.</summary>
    public required TierChangeBody Tier { get; init; }

    /// <summary>What was asked of the ladder, from the highest tier down; none: nothing was.</summary>
    public ImmutableArray<TierAskedBody>? Ladder { get; init; }

    /// <summary>Tags that it would give.</summary>
    public required ImmutableArray<string> TagsAdded { get; init; }

    /// <summary>Each rule for the type that would not act, and why.</summary>
    public required ImmutableArray<RuleWhyBody> NotActing { get; init; }

    /// <summary>What somebody would have to look at.</summary>
    public ImmutableArray<WarningBody>? Warnings { get; init; }
}

/// <summary>What one rule would give.</summary>
/// <param name="Rule">The rule, where it is written, and what it read and computed.</param>
public sealed record QuoteLineBody(string Wallet, long Points, RuleWhyBody? Rule);
