using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Journaling;

/// <summary>
/// The answer to a caller, read from the entry alone, so that a repeated event gets the first answer. Points,
/// tags and warnings are those that the command itself caused; due work fired in the same entry shows in the
/// balances.
/// </summary>
public sealed record Outcome
{
    /// <summary>Points earned, one line per rule.</summary>
    public ImmutableArray<OutcomeLine> Lines { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Where the entry left the wallets that it touched.</summary>
    public ImmutableArray<WalletAfter> Wallets { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The tier before the entry, and after it; null: none.</summary>
    public string? TierBefore { get; init; }

    public string? TierAfter { get; init; }

    public ImmutableArray<string> TagsAdded { get => field.IsDefault ? [] : field; init; } = [];

    public ImmutableArray<string> TagsRemoved { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Achievements whose goal came together.</summary>
    public ImmutableArray<string> Achievements { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What rules asked others to do.</summary>
    public ImmutableArray<OutcomeEffect> Effects { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What became of coupons.</summary>
    public ImmutableArray<OutcomeCoupon> Coupons { get => field.IsDefault ? [] : field; init; } = [];

    public ImmutableArray<OutcomeSpend> Spent { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Points that were set aside.</summary>
    public ImmutableArray<OutcomeHold> Held { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Points that went to another member; null: none did.</summary>
    public PointsTransfer? Sent { get; init; }

    /// <summary>Why a transfer is not received or a member not absorbed; null: it is, or there is none.
    /// </summary>
    public string? Refused { get; init; }

    /// <summary>The piece of a stock that the member was given; null: none was.</summary>
    public string? Piece { get; init; }

    /// <summary>What became of an ordered reward; null: it is about none.</summary>
    public OutcomeOrder? Order { get; init; }

    /// <summary>What corrections put into wallets less what they took out.</summary>
    public Points Corrected { get; init; }

    /// <summary>What a return took back, one total per wallet.</summary>
    public ImmutableArray<OutcomeReversal> Reversed { get => field.IsDefault ? [] : field; init; } = [];

    public ImmutableArray<OutcomeWarning> Warnings { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The review that the event is under; null: under none.</summary>
    public string? Review { get; init; }

    /// <summary>The event waits for its store to be declared or, a refund, for its purchase.</summary>
    public bool Waits { get; init; }

    public static Outcome From(EntryBody body)
    {
        var own = Own(body.Facts);
        var purchase = new Outcome
        {
            Lines = Each<Fact.Earned, OutcomeLine>(own, static fact => new(
                fact.Why?.Rule, fact.Wallet, fact.Amount, fact.Lot, fact.ActivatesAt, fact.ExpiresAt,
                    fact.Funding, fact.Unconfirmed)),
            Wallets = body.After.Wallets,
            TierBefore = body.After.Tier,
            TierAfter = body.After.Tier,
            TagsAdded = Each<Fact.TagAdded, string>(own, static fact => fact.Tag),
        };
        return IsPlain(body.Facts) ? purchase : purchase with
        {
            TierBefore = TierBeforeOf(body),
            TagsRemoved = Each<Fact.TagRemoved, string>(own, static fact => fact.Tag),
            Achievements = Each<Fact.AchievementReached, string>(own, static fact => fact.Achievement),
            Effects = Each<Fact.Effect, OutcomeEffect>(
                own, static fact => new(fact.Kind, fact.Target, fact.Why?.Rule, fact.Data)),
            Coupons = OutcomeCoupon.Of(own),
            Spent = Each<Fact.SpentPoints, OutcomeSpend>(
                own, static fact => new(fact.Wallet, fact.Amount, fact.Short)),
            Held = Each<Fact.PointsHeld, OutcomeHold>(
                own, static fact => new(fact.Hold, fact.Wallet, fact.Amount, fact.Until)),
            Sent = First<Fact.TransferSent>(own)?.Transfer,
            Refused = First<Fact.TransferRefused>(own)?.Code ?? First<Fact.MergeRefused>(own)?.Code,
            Reversed = Has<Fact.Reversed>(own)
                ? [.. own.OfType<Fact.Reversed>().GroupBy(fact => fact.Wallet).Select(OutcomeReversal.Sum)]
                : [],
            Piece = PieceOf(own),
            Order = OutcomeOrder.Of(own),
            Corrected = Sum(own),
            Warnings = Each<Fact.Warned, OutcomeWarning>(
                own, static fact => new(fact.Code, fact.Detail, fact.Why?.Rule)),
            Review = First<Fact.ReviewOpened>(own)?.Review.Id,
            Waits = Has<Fact.EventParked>(own),
        };
    }

    /// <summary>Nearly all entries are of purchases and hold only facts that tell nothing besides lines and
    /// tags.</summary>
    private static bool IsPlain(ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is not (Fact.EventCounted or Fact.Purchased or Fact.Earned or Fact.LimitUsed
                or Fact.BudgetUsed or Fact.Visited or Fact.TagAdded or Fact.AchievementCounted))
                return false;
        return true;
    }

    private static string? PieceOf(ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is Fact.CouponGranted { Piece: { } piece })
                return piece;
            else if (fact is Fact.OrderPlaced placed)
                return placed.Order;
        return null;
    }

    private static Points Sum(ImmutableArray<Fact> facts)
    {
        var sum = Points.Zero;
        foreach (var fact in facts)
            if (fact is Fact.Adjusted adjusted)
                sum += adjusted.Amount;
        return sum;
    }

    private static string? TierBeforeOf(EntryBody body)
    {
        foreach (var fact in body.Facts)
            if (fact is Fact.TierChanged changed)
                return changed.From;
        return body.After.Tier;
    }

    private static bool Has<TFact>(ImmutableArray<Fact> facts)
        where TFact : Fact => First<TFact>(facts) is not null;

    private static TFact? First<TFact>(ImmutableArray<Fact> facts)
        where TFact : Fact
    {
        foreach (var fact in facts)
            if (fact is TFact wanted)
                return wanted;
        return null;
    }

    /// <summary>One per fact of a kind. Most entries have none of most kinds: those cost nothing.</summary>
    private static ImmutableArray<TResult> Each<TFact, TResult>(
        ImmutableArray<Fact> facts, Func<TFact, TResult> select)
        where TFact : Fact
    {
        var count = 0;
        foreach (var fact in facts)
            count += fact is TFact ? 1 : 0;
        if (count == 0)
            return [];
        var results = new TResult[count];
        count = 0;
        foreach (var fact in facts)
            if (fact is TFact wanted)
                results[count++] = select(wanted);
        return ImmutableCollectionsMarshal.AsImmutableArray(results);
    }

    /// <summary>
    /// What the command caused: the facts from the accepted event on, or from the first that had waited;
    /// without an event all of them. A waiting refund may have been given up before the event was accepted.
    /// </summary>
    private static ImmutableArray<Fact> Own(ImmutableArray<Fact> facts)
    {
        var settled = -1;
        for (var i = 0; i < facts.Length; i++)
            if (facts[i] is Fact.EventCounted)
                return facts[i..];
            else if (facts[i] is Fact.EventSettled && settled < 0)
                settled = i;
        return settled < 0 ? facts : facts[settled..];
    }
}

/// <summary>Points earned by a rule.</summary>
/// <param name="Rule">Full id; null: an opening balance.</param>
/// <param name="Funding">Who pays; null: the mall.</param>
/// <param name="ActivatesAt">Pending until then; null: active at once, or unconfirmed without end.</param>
/// <param name="Unconfirmed">Pending until the receipt is confirmed, and gone at
/// <paramref name="ActivatesAt"/>.</param>
public sealed record OutcomeLine(
    string? Rule, string Wallet, Points Points, int Lot, DateTimeOffset? ActivatesAt,
    DateTimeOffset? ExpiresAt, Funding? Funding = null, bool Unconfirmed = false);

/// <summary>A coupon, a message, a journey that a rule asked for.</summary>
/// <param name="Data">Personal values are handles. Null: none.</param>
public sealed record OutcomeEffect(
    EffectKind Kind, string Target, string? Rule, ImmutableSortedDictionary<string, FieldValue>? Data);

/// <summary>Points spent.</summary>
/// <param name="Short">Asked for but not there.</param>
public sealed record OutcomeSpend(string Wallet, Points Points, Points Short);

/// <summary>Points that were set aside.</summary>
/// <param name="Hold">Its name, for the capture.</param>
/// <param name="Until">The first instant at which they are free again.</param>
public sealed record OutcomeHold(string Hold, string Wallet, Points Points, DateTimeOffset Until);

/// <summary>Points that a return took back from one wallet.</summary>
/// <param name="Points">What left the wallet.</param>
/// <param name="Lapsed">What had expired already.</param>
/// <param name="Shortfall">What had been spent and could not be taken back.</param>
public sealed record OutcomeReversal(string Wallet, Points Points, Points Lapsed, Points Shortfall)
{
    internal static OutcomeReversal Sum(IGrouping<string, Fact.Reversed> facts) => facts.Aggregate(
        new OutcomeReversal(facts.Key, default, default, default),
        (sum, fact) => new(
            facts.Key, sum.Points + fact.Amount, sum.Lapsed + fact.Lapsed, sum.Shortfall + fact.Shortfall));
}

/// <summary>Somebody should look.</summary>
public sealed record OutcomeWarning(string Code, string Detail, string? Rule);
