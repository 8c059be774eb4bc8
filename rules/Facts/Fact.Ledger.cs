using System.Collections.Immutable;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts that move points: the lines of the ledger.</summary>
public abstract partial record Fact
{
    /// <summary>Points came in, into a lot.</summary>
    /// <param name="Lot">The lot's number, from 1 within the member. Points of one wallet with the same dates
    /// share a lot while anything is left of it; until version 1 of the body each line had its own.</param>
    /// <param name="Settled">What of it paid off a negative balance at once; 0 while pending.</param>
    /// <param name="Why">The rule; null: an opening balance.</param>
    /// <param name="Funding">Who pays; null: the mall.</param>
    /// <param name="Unconfirmed">The lot is this receipt's alone and waits to be confirmed; then
    /// <paramref name="ActivatesAt"/> is when it lapses if it is not.</param>
    /// <param name="Day">The mall-local day that it counts for in windows; null: the wallet has none.</param>
    public sealed record Earned(
        [property: Name("w")] string Wallet,
        [property: Name("l")] int Lot,
        [property: Name("a")] Points Amount,
        [property: Name("o")] Points Settled,
        [property: Name("on")] DateTimeOffset? ActivatesAt,
        [property: Name("x")] DateTimeOffset? ExpiresAt,
        [property: Name("y")] RuleRef? Why,
        [property: Name("fu")] Funding? Funding = null,
        [property: Name("cf")] bool Unconfirmed = false,
        [property: Name("d")] DateOnly? Day = null) : Fact;

    /// <summary>A pending lot became active and may be spent.</summary>
    /// <param name="Amount">What was left of the lot.</param>
    /// <param name="Settled">What of it paid off a negative balance at once.</param>
    public sealed record Activated(
        [property: Name("l")] int Lot,
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("o")] Points Settled) : Fact;

    /// <summary>What was left of a lot is gone.</summary>
    /// <param name="Reason">Why an operator let it lapse; null: its time had come.</param>
    /// <param name="Pending">It was pending.</param>
    public sealed record Expired(
        [property: Name("l")] int Lot, [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("text")] string? Reason = null,
        [property: Name("pe")] bool Pending = false) : Fact;

    /// <summary>Points last longer than they would have.</summary>
    /// <param name="Amount">What is left in the lots.</param>
    /// <param name="ExpiresAt">Their new end, later than that of each of them.</param>
    /// <param name="Reason">Why an operator did it; null: activity, in a wallet whose points roll.</param>
    public sealed record Extended(
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        ImmutableArray<int> Lots,
        [property: Name("x")] DateTimeOffset ExpiresAt,
        [property: Name("text")] string? Reason) : Fact
    {
        [Name("l")]
        public ImmutableArray<int> Lots { get; init; } = Lots.IsDefault ? [] : Lots;
    }

    /// <summary>Points went out, drawn from lots. <c>Amount = sum(Parts) + FromBalance</c>.</summary>
    /// <param name="Short">What was asked for but not there (a purchase's <c>pointsUsed</c> is recorded, not
    /// refused).</param>
    /// <param name="FromBalance">What took the balance below zero, down to the wallet's floor.</param>
    public sealed record SpentPoints(
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        ImmutableArray<LotPart> Parts,
        [property: Name("sh")] Points Short,
        [property: Name("text")] string? Reason,
        [property: Name("ne")] Points FromBalance = default) : Fact
    {
        [Name("p")]
        public ImmutableArray<LotPart> Parts { get; init; } = Parts.IsDefault ? [] : Parts;
    }

    /// <summary>
    /// A correction by hand, or spent points that a return gives back. Up: they are in
    /// <paramref name="Lot"/>. Down: <paramref name="Parts"/> are drawn.
    /// </summary>
    public sealed record Adjusted(
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("l")] int? Lot,
        [property: Name("o")] Points Settled,
        [property: Name("x")] DateTimeOffset? ExpiresAt,
        ImmutableArray<LotPart> Parts,
        [property: Name("text")] string Reason) : Fact
    {
        [Name("p")]
        public ImmutableArray<LotPart> Parts { get; init; } = Parts.IsDefault ? [] : Parts;
    }

    /// <summary>
    /// A return took back what one line of a purchase had earned. <c>Amount = sum(Parts) + FromBalance</c>,
    /// and
    /// <c>Amount + Lapsed + Shortfall</c> = what the rule's <c>on-return</c> takes back.
    /// </summary>
    /// <param name="Lot">The lot that the line went into.</param>
    /// <param name="Amount">What left the balance or the pending sum.</param>
    /// <param name="Pending">What of it left the pending sum.</param>
    /// <param name="Parts">What was taken from which lots.</param>
    /// <param name="FromBalance">What took the balance below zero (policy <c>negative</c>).</param>
    /// <param name="Lapsed">What had already expired.</param>
    /// <param name="Shortfall">What had been spent and cannot be taken back; recorded.</param>
    /// <param name="Funding">Who had paid for the line; null: the mall.</param>
    /// <param name="Day">The day for which the line had counted; what is taken back, lapsed and short no
    /// longer does.</param>
    public sealed record Reversed(
        [property: Name("w")] string Wallet,
        [property: Name("l")] int Lot,
        [property: Name("a")] Points Amount,
        [property: Name("pe")] Points Pending,
        ImmutableArray<LotPart> Parts,
        [property: Name("ne")] Points FromBalance,
        [property: Name("la")] Points Lapsed,
        [property: Name("sh")] Points Shortfall,
        [property: Name("y")] RuleRef? Why,
        [property: Name("fu")] Funding? Funding = null,
        [property: Name("d")] DateOnly? Day = null) : Fact
    {
        [Name("p")]
        public ImmutableArray<LotPart> Parts { get; init; } = Parts.IsDefault ? [] : Parts;
    }

    /// <summary>A rule's limit or a wallet's cap used some of its window; negative: given back.</summary>
    public sealed record LimitUsed(
        [property: Name("k")] string Key,
        [property: Name("d")] DateOnly Window,
        [property: Name("e")] DateOnly Ends,
        [property: Name("n")] int Times,
        [property: Name("a")] Points Amount) : Fact;
}

/// <summary>A part of a lot.</summary>
public sealed record LotPart([property: Name("l")] int Lot, [property: Name("a")] Points Amount);
