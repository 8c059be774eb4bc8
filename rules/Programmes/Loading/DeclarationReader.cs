using System.Collections.Frozen;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// Turns <c>programme.yaml</c> and the store files, whose shapes have been checked, into declarations. What
/// did not fit its shape has its finding already and is left out here.
/// </summary>
internal sealed class DeclarationReader(YamlMap programme, IEnumerable<YamlMap> storeFiles, Findings findings)
{
    public Declarations Read()
    {
        var zone = ZoneOf(programme.Text("timezone")) ?? TimeZoneInfo.Utc;
        var malls = ReadMalls(zone);
        var categories = ReadCategories();
        var stores = new StoreReader(malls, categories, findings);
        foreach (var file in storeFiles.Prepend(programme))
            stores.Add(file);
        var attributes = FieldReader.ReadAll(programme.Map("attributes"), findings);
        var types = ReadEventTypes();
        var tiers = TierReader.ReadAll(programme.Map("tiers"), attributes, findings);
        var wallets = WalletReader.ReadAll(programme.Map("wallets"), findings);
        var calendars = CalendarReader.ReadAll(programme.Map("calendars"), findings);
        var parking = programme.Map("parking");
        var declared = new Declarations
        {
            Name = programme.Text("name") ?? "",
            Zone = zone,
            Malls = malls,
            Categories = categories,
            Stores = stores.All(),
            Wallets = wallets,
            ApproveAbove = Forms.ReadLong(programme.Map("approvals")?.Text("above")),
            Claims = ReadClaims(),
            DeskReceipts = DeskReceiptReader.Read(programme.Map("desk-receipts")),
            RewardTenders = RewardReader.Read(programme.Map("rewards")),
            Tiers = tiers,
            Calendars = calendars,
            Targets = EffectTargets.ReadAll(programme),
            Attributes = attributes,
            EventTypes = types,
            ParkingLots = new LotReader(malls, calendars, findings).Read(parking),
            ParkingEntitlements = new EntitlementReader(
                [.. tiers.Select(tier => tier.Id)], wallets, findings).Read(parking?.List("entitlements")),
            Tags = TagReader.ReadAll(programme.Map("tags"), programme.Map("tag-groups"), findings),
            ShortWindows = programme.Text("short-windows") is "true",
            ReferralWaitDays = Forms.ReadDays(programme.Map("referrals")?.Text("wait")) ?? 0,
            Achievements = AchievementReader.ReadAll(programme.Map("achievements"), types.Keys, findings),
        };
        declared = declared with
        {
            Coupons = new CouponReader(declared, findings).ReadAll(programme.Map("coupons")),
        };
        return declared with
        {
            Rewards = new CatalogueReader(declared, findings).ReadAll(programme.Map("catalogue")),
        };
    }

    private ClaimLimits ReadClaims()
    {
        var claims = programme.Map("claims");
        return new(
            (int?)Forms.ReadLong(claims?.Text("per-day")),
            (int?)Forms.ReadLong(claims?.Text("wrong-per-hour")) ?? ClaimLimits.Default.WrongPerHour);
    }

    private FrozenDictionary<string, Mall> ReadMalls(TimeZoneInfo zone)
    {
        var currency = programme.Text("currency");
        var malls = new Dictionary<string, Mall>(StringComparer.Ordinal);
        foreach (var (key, value) in EntriesOf("malls"))
        {
            var mall = value as YamlMap;
            if ((mall?.Text("currency") ?? currency) is not { } money)
            {
                findings.Error(key.Place, "MALL_NO_CURRENCY", key.Value);
                money = "";
            }

            malls[key.Value] = new(
                key.Value, mall?.Text("name") ?? key.Value, money, ZoneOf(mall?.Text("timezone")) ?? zone);
        }

        return malls.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FrozenDictionary<string, string> ReadCategories()
    {
        var categories = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in programme.List("categories")?.Items ?? [])
            if (item is YamlScalar id && !categories.TryAdd(id.Value, id.Value))
                findings.Error(id.Place, "CATEGORY_TWICE", id.Value);
        foreach (var (key, value) in EntriesOf("categories"))
            categories[key.Value] = (value as YamlScalar)?.Value ?? key.Value;
        return categories.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FrozenDictionary<string, CustomEventType> ReadEventTypes()
    {
        var types = new Dictionary<string, CustomEventType>(StringComparer.Ordinal);
        foreach (var (key, value) in EntriesOf("events"))
        {
            if (KnownEvents.BuiltIn.Contains(key.Value))
                findings.Error(key.Place, "EVENT_TYPE_BUILT_IN", key.Value);
            else
                types[key.Value] =
                    new(key.Value, FieldReader.ReadAll((value as YamlMap)?.Map("fields"), findings));
        }

        return types.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private IReadOnlyList<YamlEntry> EntriesOf(string key) => programme.Map(key)?.Entries ?? [];

    private static TimeZoneInfo? ZoneOf(string? id) =>
        id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
}
