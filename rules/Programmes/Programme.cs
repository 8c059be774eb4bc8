using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Network;
using MallVip.Rules.Parking;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Programmes;

/// <summary>
/// A checked and compiled programme: what <c>programme.yaml</c> declares and what the rule files say.
/// Immutable; an event that began under one programme ends under it.
/// </summary>
public sealed class Programme
{
    private ImmutableArray<TimedEvent> _timed = [];

    /// <summary>Content hash of its files: 64 hex digits. Written into every entry that it decides.</summary>
    public required string Version { get; init; }

    /// <summary>The zone of everything that no mall decides.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Shown to people.</summary>
    public string Name { get; init; } = "";

    public required FrozenDictionary<string, Mall> Malls { get; init; }

    /// <summary>Categories of stores: id and name.</summary>
    public FrozenDictionary<string, string> Categories { get; init; } = FrozenDictionary<string,
        string>.Empty;

    public required FrozenDictionary<string, Store> Stores { get; init; }

    /// <summary>In file order; the first spendable one is the default wallet.</summary>
    public required ImmutableArray<Wallet> Wallets { get; init; }

    /// <summary>From the lowest to the highest; empty: no ladder.</summary>
    public required ImmutableArray<Tier> Tiers { get; init; }

    public FrozenDictionary<string, Calendar> Calendars { get; init; } = FrozenDictionary<string,
        Calendar>.Empty;

    /// <summary>Points in one correction or list by hand above which another operator must approve. Null
    /// (default): nobody else is asked.</summary>
    public long? ApproveAbove { get; init; }

    /// <summary>How often members may claim events that nobody has. Default: any number a day.</summary>
    public ClaimLimits Claims { get; init; } = ClaimLimits.Default;

    /// <summary>How slips may be handed in at the desk. Null (default): not at all.</summary>
    public DeskReceipts? DeskReceipts { get; init; }

    /// <summary>
    /// Kinds of tenders that are rewards; rules see what was paid without them. Empty: rules see all of it.
    /// </summary>
    public FrozenSet<string> RewardTenders { get; init; } = [];

    /// <summary>What effects name, by kind: id and name.</summary>
    public FrozenDictionary<EffectKind, FrozenDictionary<string, string>> Targets { get; init; } =
        FrozenDictionary<EffectKind, FrozenDictionary<string, string>>.Empty;

    public required FrozenDictionary<string, AttributeType> Attributes { get; init; }

    public required FrozenDictionary<string, CustomEventType> EventTypes { get; init; }

    public required FrozenDictionary<string, ParkingLot> ParkingLots { get; init; }

    /// <summary>What makes parking free for members, in the order in which it is used.</summary>
    public ImmutableArray<ParkingEntitlement> ParkingEntitlements { get; init; } = [];

    /// <summary>In file order.</summary>
    public ImmutableArray<Achievement> Achievements { get; init; } = [];

    /// <summary>Coupons in the full form, by id; those in the short form are carried out elsewhere.</summary>
    public FrozenDictionary<string, CouponTemplate> Coupons { get; init; } =
        FrozenDictionary<string, CouponTemplate>.Empty;

    /// <summary>What members order for points, by id.</summary>
    public FrozenDictionary<string, Reward> Rewards { get; init; } = FrozenDictionary<string, Reward>.Empty;

    /// <summary>What <c>programme.yaml</c> says of tags, by id; members may carry others too.</summary>
    public FrozenDictionary<string, DeclaredTag> Tags { get; init; } =
        FrozenDictionary<string, DeclaredTag>.Empty;

    /// <summary>How many days after a friend's first purchase the referrer hears of it. Default 0: at once.
    /// </summary>
    public int ReferralWaitDays { get; init; }

    /// <summary>All rules, by <see cref="Rule.Order"/>.</summary>
    public ImmutableArray<Rule> Rules { get; init; } = [];

    /// <summary>The event types that rules wait for.</summary>
    public FrozenSet<string> RuleTypes { get; init; } = [];

    /// <summary>The events of time that rules wait for, by kind and days.</summary>
    public ImmutableArray<TimedEvent> Timed { get => _timed; init => _timed = value; }

    /// <summary>Whether purchases and refunds are counted by the minute too.</summary>
    public bool ShortWindows { get; init; }

    /// <summary>Whether rules put events under review.</summary>
    public bool HasGuards { get; init; }

    /// <summary>Whether rules wait for what other rules do.</summary>
    public bool HasChains { get; init; }

    /// <summary>Rules whose tags end when a condition holds, by full id.</summary>
    public FrozenDictionary<string, TagEnd> TagEnds { get; init; } = FrozenDictionary<string, TagEnd>.Empty;

    /// <summary>Tells which rules act on an event, in the order in which they act.</summary>
    public required IRuleMatcher Matcher { get; init; }

    /// <summary>The checked expressions of the rules, by full id, for explanations.</summary>
    internal FrozenDictionary<string, CompiledRule> Compiled { get; init; } =
        FrozenDictionary<string, CompiledRule>.Empty;

    /// <summary>The files it was made of, by relative path, as archived with the version.</summary>
    public required ImmutableSortedDictionary<string, string> Sources { get; init; }

    /// <summary>The same programme, its rules waiting for events of time from given instants on.</summary>
    /// <param name="since">By type of event; null or absent: for ever.</param>
    public Programme WaitingSince(IReadOnlyDictionary<string, DateTimeOffset?> since)
    {
        var timed = ImmutableArray.CreateRange(
            _timed, waited => waited with { Since = since.GetValueOrDefault(waited.Type) ?? default });
        if (timed.SequenceEqual(_timed))
            return this;
        var dated = (Programme)MemberwiseClone();
        dated._timed = timed;
        return dated;
    }

    /// <summary>The rule with a full id; null: there is none.</summary>
    public Rule? FindRule(string? id)
    {
        foreach (var rule in Rules)
            if (rule.Ref.Rule == id)
                return rule;
        return null;
    }

    /// <summary>Null: none is declared under this id.</summary>
    public Achievement? FindAchievement(string id)
    {
        foreach (var achievement in Achievements)
            if (achievement.Id == id)
                return achievement;
        return null;
    }

    public Wallet? FindWallet(string id)
    {
        foreach (var wallet in Wallets)
            if (wallet.Id == id)
                return wallet;
        return null;
    }

    /// <summary>The wallet that <c>pointsUsed</c> and a spend without a name draw from.</summary>
    public Wallet? DefaultWallet
    {
        get
        {
            foreach (var wallet in Wallets)
                if (wallet.Spendable)
                    return wallet;
            return null;
        }
    }
}

/// <summary>A mall: its currency and time zone decide what its events mean.</summary>
public sealed record Mall(string Id, string Name, string Currency, TimeZoneInfo Zone);

/// <summary>A store as <c>programme.yaml</c> declares it.</summary>
public sealed record Store(string Id, string Name, string Category, Mall Mall);

/// <summary>A car park.</summary>
public sealed record ParkingLot(string Id, string Name, Mall Mall)
{
    /// <summary>Minutes that one may take to leave after paying, where nothing else is said.</summary>
    public const int UsualGrace = 15;

    /// <summary>How many cars it holds; null: nobody has said.</summary>
    public int? Capacity { get; init; }

    /// <summary>What it costs; null: nothing, and its visits are the members' business only.</summary>
    public Tariff? Tariff { get; init; }

    /// <summary>Minutes to leave after paying. Default 15.</summary>
    public int Grace { get; init; } = UsualGrace;

    /// <summary>Vehicles that pay nothing, as gates name them. Default: none.</summary>
    public FrozenSet<string> Exceptions { get; init; } = [];
}

/// <summary>A wallet and its policies.</summary>
public sealed record Wallet(string Id, string Name)
{
    /// <summary>Spendable (points) or only counted (growth). Default true.</summary>
    public bool Spendable { get; init; } = true;

    public ExpiryPolicy Expiry { get; init; } = ExpiryPolicy.None;

    /// <summary>What lets all its points last as long as new ones; null (default): nothing.</summary>
    public RollingOn? Rolling { get; init; }

    /// <summary>What earned points wait for. Default days.</summary>
    public PendingUntil Pending { get; init; }

    /// <summary>
    /// Earned points stay pending for N days and become active at 00:00 of the Nth day after, or lapse then
    /// where they wait to be confirmed. Default 0: none, or no end of the wait.
    /// </summary>
    public int PendingDays { get; init; }

    /// <summary>How multipliers stack. Default sum.</summary>
    public Stacking Stack { get; init; } = Stacking.Sum;

    /// <summary>The most that a member may earn per window; null: no cap.</summary>
    public WalletCap? Cap { get; init; }

    /// <summary>The key under which the cap's use is counted; one string for all members.</summary>
    public string CapKey { get; } = "wallet:" + Id;

    /// <summary>The most that it holds, pending points included; what rules would give beyond is not earned.
    /// Null: 10^15.</summary>
    public long? Ceiling { get; init; }

    /// <summary>What a point costs, in the malls' currency; null: nobody has said. Only reports read it.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>In which amounts it is spent. Default: any.</summary>
    public SpendSteps Steps { get; init; } = new(1, 1);

    /// <summary>How far a spend may take the balance, 0 or below. Default 0: no points on credit.</summary>
    public Points Floor { get; init; }

    /// <summary>What is earned is counted by day, so that conditions may ask for what a window brought.
    /// Default false: such a count takes room with every member.</summary>
    public bool Windows { get; init; }

    /// <summary>What a return may take when points are spent already. Default within-balance.</summary>
    public ReturnPolicy Returns { get; init; } = ReturnPolicy.WithinBalance;
}

/// <summary>How multiplier rules of one wallet combine (see DESIGN: order is stated).</summary>
public enum Stacking
{
    Sum,
    Product,
    Best,
}

/// <summary>What a return takes of points that have been spent already.</summary>
public enum ReturnPolicy
{
    OnlyPending,
    WithinBalance,
    Negative,
}

/// <summary>The most that a wallet takes in per window.</summary>
public sealed record WalletCap(LimitWindow Every, long Amount);

/// <summary>The window of a limit or cap, in mall-local days.</summary>
public enum LimitWindow
{
    Day,
    /// <summary>From Monday.</summary>
    Week,
    Month,
    Year,
    Ever,
}

/// <summary>When earned points lapse. Lots end at 24:00 of their last day.</summary>
public abstract record ExpiryPolicy
{
    private ExpiryPolicy()
    {
    }

    public static ExpiryPolicy None { get; } = new Never();

    public sealed record Never : ExpiryPolicy;

    /// <summary>
    /// N months after earning, to the day (a missing day is the month's last) or to that month's end.
    /// </summary>
    public sealed record AfterMonths(int Months, bool MonthEnd) : ExpiryPolicy;

    /// <summary>N days after earning.</summary>
    public sealed record AfterDays(int Days) : ExpiryPolicy;

    /// <summary>A fixed day of the year after the one of earning.</summary>
    public sealed record NextYearOn(int Month, int Day) : ExpiryPolicy;
}

/// <summary>A custom attribute of members.</summary>
/// <param name="Personal">Its values are handles everywhere but in the person table.</param>
public sealed record AttributeType(string Name, FieldType Type, bool Personal)
{
    /// <summary>Event fields: an event without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>The values that text may have. Empty: any.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The least that a number may be. Null: any.</summary>
    public decimal? Min { get; init; }

    /// <summary>The most. Null: any.</summary>
    public decimal? Max { get; init; }

    /// <summary>Whether a value of its type is one of its choices, or in its range.</summary>
    public bool Allows(FieldValue value) => value switch
    {
        FieldValue.Text text => Choices.IsEmpty || Choices.Contains(text.Value),
        FieldValue.Number number => !(number.Value < Min) && !(number.Value > Max),
        _ => true,
    };
}

/// <summary>An event type that the programme declares.</summary>
public sealed record CustomEventType(string Type, FrozenDictionary<string, AttributeType> Fields);

/// <summary>What a declared field or attribute holds.</summary>
public enum FieldType
{
    Text,
    Number,
    Flag,
    Date,
    Moment,
}
