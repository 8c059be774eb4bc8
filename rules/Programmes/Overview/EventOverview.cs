using System.Collections.Immutable;

namespace MallVip.Rules.Programmes.Overview;

/// <summary>The rules of one event type, in the order in which they act.</summary>
public sealed record EventOverview(string Type, ImmutableArray<RuleOverview> Rules);

/// <summary>One rule, in the words of its file.</summary>
/// <param name="Action">The key of what it does: <c>earn</c>, <c>tag</c>, <c>send-message</c> …</param>
/// <param name="Target">The wallet, tag, attribute, tier or template.</param>
/// <param name="Amount">Earn and multiply: the expression; else empty.</param>
/// <param name="Round">Earn and multiply only.</param>
/// <param name="Details">What else is said of it, by the keys of the file.</param>
public sealed record RuleOverview(
    Rule Rule, string Action, string Target, string Amount, Rounding? Round,
    ImmutableArray<RuleDetail> Details)
{
    /// <summary>The word of the file: <c>half-up</c>; null: it gives no points.</summary>
    public string? RoundWord => Round is { } round ? Loading.Words<Rounding>.WordOf(round) : null;
}

/// <summary>Something that a file says of a rule, shortened to a line.</summary>
public readonly record struct RuleDetail(string Key, string Text);
