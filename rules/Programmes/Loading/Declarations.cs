using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;
using MallVip.Rules.Parking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>What <c>programme.yaml</c> and store files declare, before expressions are compiled.</summary>
internal sealed record Declarations
{
    public required string Name { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public required FrozenDictionary<string, Mall> Malls { get; init; }

    public required FrozenDictionary<string, string> Categories { get; init; }

    public required FrozenDictionary<string, Store> Stores { get; init; }

    public required ImmutableArray<Wallet> Wallets { get; init; }

    public required long? ApproveAbove { get; init; }

    public required ClaimLimits Claims { get; init; }
    public required DeskReceipts? DeskReceipts { get; init; }

    public required FrozenSet<string> RewardTenders { get; init; }

    public required ImmutableArray<DeclaredTier> Tiers { get; init; }

    public required FrozenDictionary<string, Calendar> Calendars { get; init; }

    public required FrozenDictionary<string, AttributeType> Attributes { get; init; }

    public required FrozenDictionary<string, CustomEventType> EventTypes { get; init; }

    /// <summary>What effects may name, by kind: id and name.</summary>
    public required FrozenDictionary<EffectKind, FrozenDictionary<string, string>> Targets { get; init; }

    public required FrozenDictionary<string, ParkingLot> ParkingLots { get; init; }

    public required ImmutableArray<ParkingEntitlement> ParkingEntitlements { get; init; }

    public required ImmutableArray<DeclaredAchievement> Achievements { get; init; }

    /// <summary>Those in the full form, by id.</summary>
    public FrozenDictionary<string, CouponTemplate> Coupons { get; init; } =
        FrozenDictionary<string, CouponTemplate>.Empty;

    /// <summary>What members order for points, by id.</summary>
    public FrozenDictionary<string, Reward> Rewards { get; init; } = FrozenDictionary<string, Reward>.Empty;

    /// <summary>By id; empty: rules may name any tag.</summary>
    public required FrozenDictionary<string, DeclaredTag> Tags { get; init; }

    public required int ReferralWaitDays { get; init; }

    /// <summary>Whether windows of minutes are kept.</summary>
    public required bool ShortWindows { get; init; }
}

/// <summary>A tier whose conditions are still text.</summary>
internal sealed record DeclaredTier(
    string Id, string Name, YamlScalar? When, YamlScalar? Keep, TierValidity? Validity, int GraceDays,
    TierFall Downgrade, TierReturn OnReturn);
