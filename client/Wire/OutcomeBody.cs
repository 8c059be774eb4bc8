using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>
/// What an event or a command changed. Due work that fired with it shows in the balances only.
/// </summary>
public abstract record OutcomeBody
{
    /// <summary>
    /// True: the event waits for its store to be declared or, a refund, for its purchase; it settles then,
    /// without being sent again.
    /// </summary>
    public bool? Waits { get; init; }

    /// <summary>The review that the event is under: its points wait for an operator's word. None: it is under
    /// none.</summary>
    public string? Review { get; init; }

    /// <summary>What each rule gave, in the order in which the rules acted.</summary>
    public ImmutableArray<PointsBody>? Points { get; init; }

    /// <summary>What became of coupons.</summary>
    public ImmutableArray<CouponChangeBody>? Coupons { get; init; }

    /// <summary>What became of an ordered reward.</summary>
    public OrderChangeBody? Order { get; init; }

    /// <summary>What it used up.</summary>
    public ImmutableArray<MoveBody>? Spent { get; init; }

    /// <summary>Points that it set aside.</summary>
    public ImmutableArray<HoldBody>? Held { get; init; }

    /// <summary>Points that went to another member.</summary>
    public TransferBody? Sent { get; init; }

    /// <summary>What a return took back.</summary>
    public ImmutableArray<MoveBody>? Reversed { get; init; }

    /// <summary>The balances after it, of the wallets that it touched.</summary>
    public ImmutableSortedDictionary<string, long>? Balances { get; init; }

    /// <summary>Points that are not active yet, of the wallets that it touched; none: zero.</summary>
    public ImmutableSortedDictionary<string, long>? Pending { get; init; }

    public TierChangeBody? Tier { get; init; }

    /// <summary>Tags that it gave.</summary>
    public ImmutableArray<string>? TagsAdded { get; init; }

    /// <summary>Tags that it took.</summary>
    public ImmutableArray<string>? TagsRemoved { get; init; }

    /// <summary>Achievements that it reached.</summary>
    public ImmutableArray<string>? Achievements { get; init; }

    /// <summary>
    /// Coupons, messages, journeys and the like that rules asked for; carried out afterwards.
    /// </summary>
    public ImmutableArray<EffectBody>? Effects { get; init; }

    /// <summary>Accepted all the same, but somebody should look.</summary>
    public ImmutableArray<WarningBody>? Warnings { get; init; }

    public ReceiptBody? Receipt { get; init; }
}

/// <summary>Points of one rule.</summary>
/// <param name="Rule">Full id, <c>points/base</c>; none: not by a rule.</param>
/// <param name="Wallet">The wallet's id.</param>
/// <param name="ActivatesAt">Pending until then; none: active at once, or unconfirmed.</param>
/// <param name="ExpiresAt">When they lapse; none: never.</param>
/// <param name="Funding">Who pays for them; none: the mall.</param>
/// <param name="Unconfirmed">True: pending until the receipt is confirmed.</param>
/// <param name="ConfirmBy">When they lapse unless they are confirmed; none: they wait.</param>
public sealed record PointsBody(
    string Wallet, long Points, string? Rule = null, DateTimeOffset? ActivatesAt = null,
    DateTimeOffset? ExpiresAt = null, FundingBody? Funding = null, bool? Unconfirmed = null,
    DateTimeOffset? ConfirmBy = null);

/// <summary>Who pays for points, in percent that sum to 100; a part that is missing is 0.</summary>
public sealed record FundingBody(int? Mall = null, int? Store = null, int? Brand = null)
{
    /// <summary>Null: the mall pays, which is not written.</summary>
    internal static FundingBody? Of(Funding? funding) => funding is null
        ? null
        : new(Some(funding.Mall), Some(funding.Store), Some(funding.Brand));

    private static int? Some(int percent) => percent == 0 ? null : percent;
}

/// <summary>What a rule asked others to do.</summary>
/// <param name="Kind"><c>grant-coupon</c>, <c>grant-benefit</c>, <c>start-journey</c>, <c>send-message</c>,
/// <c>survey</c>, <c>alert</c> or <c>webhook</c>.</param>
/// <param name="Name">What the programme declares under this name; of an alert its own name.</param>
/// <param name="Data">Numbers as decimal strings, moments as RFC 3339; personal values are left out.</param>
public sealed record EffectBody(
    string Kind, string Name, string? Rule = null, ImmutableSortedDictionary<string, string>? Data = null);

/// <summary>Points that went out of a wallet.</summary>
/// <param name="Lapsed">What had expired already.</param>
/// <param name="Short">What was asked for or due but not there.</param>
public sealed record MoveBody(string Wallet, long Points, long? Lapsed = null, long? Short = null);

/// <summary>Points that went to another member.</summary>
/// <param name="Transfer">Names it in both members' ledgers.</param>
public sealed record TransferBody(string Transfer, MemberId To, string Wallet, long Points);

/// <summary>The tier before and after; the same if it did not change.</summary>
public sealed record TierChangeBody(string? Before = null, string? After = null);

/// <summary>A warning.</summary>
/// <param name="Text">What the code means; absent: a code of an older build.</param>
/// <param name="Detail">One sentence in English with the values at hand, as recorded.</param>
public sealed record WarningBody(string Code, BothTexts? Text, string Detail, string? Rule = null);

/// <summary>What the receipt can say.</summary>
public sealed record ReceiptBody(string Zh, string En);
