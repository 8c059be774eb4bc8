using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads coupon templates in the full form; the short form is a name alone.</summary>
internal sealed class CouponReader(Declarations declared, Findings findings)
{
    private readonly ActiveReader _active = new(declared, findings);

    public FrozenDictionary<string, CouponTemplate> ReadAll(YamlMap? map)
    {
        var read = new Dictionary<string, CouponTemplate>(StringComparer.Ordinal);
        foreach (var (id, value) in map?.Entries ?? [])
            if (value is YamlMap full && full.Entries.Any(entry => entry.Key.Value is not "name")
                && Read(id, full) is { } template)
                read[id.Value] = template;
        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private CouponTemplate? Read(YamlScalar id, YamlMap map)
    {
        CheckAmounts(id, map);
        var value = ReadValue(id, map);
        var valid = ReadValid(id, map);
        var template = new CouponTemplate(id.Value, map.Text("name") ?? id.Value, value!)
        {
            From = MoneyOf(map.Text("from")) ?? Money.Zero,
            Scope = map.Map("scope") is { } scope ? ReadScope(scope) : CouponScope.Everywhere,
            Valid = valid!,
            Uses = Forms.ReadInteger(map.Text("uses")) ?? 1,
            PerMember = ReadLimit(map.Map("per-member")),
            Stack = map.Text("stack") ?? id.Value,
            Alone = map.Text("alone") is "true",
            Funding = FundingReader.Read(map, null, findings) ?? Funding.ByMall,
            OnReturn = Words<CouponReturn>.Read(map.Text("on-return")) ?? CouponReturn.GiveBack,
            Stock = Forms.ReadLong(map.Text("stock")),
            StockPerDay = Forms.ReadLong(map.Text("stock-per-day")),
            Claim = map.Map("claim") is { } claim ? ReadClaim(id, claim) : null,
            Ref = new($"coupon:{id.Value}", id.Place.File, id.Place.Line),
        };
        if (template is { Claim: not null, IsCounted: false })
            findings.Error(map.Entry("claim")!.Key.Place, "COUPON_CLAIM_NO_STOCK", id.Value);
        return value is null || valid is null ? null : template;
    }

    private void CheckAmounts(YamlScalar id, YamlMap map)
    {
        var isWrong = Forms.ReadDecimal(map.Text("off")) is 0
            || Forms.ReadDecimal(map.Text("percent")) is <= 0 or > 100
            || Forms.ReadDecimal(map.Text("cap")) is 0
            || Forms.ReadDecimal(map.Map("multiply")?.Text("by")) is <= 1 or > 1_000;
        if (isWrong)
            findings.Error(id.Place, "COUPON_AMOUNT", id.Value);
        if (map.Entry("cap") is { } cap && map["percent"] is null)
            findings.Error(cap.Key.Place, "COUPON_CAP", id.Value);
        if (map.Entry("stack") is { } stack && map.Text("alone") is "true")
            findings.Error(stack.Key.Place, "COUPON_ALONE", id.Value);
        if (Forms.ReadLong(map.Text("stock-per-day")) > Forms.ReadLong(map.Text("stock")))
            findings.Error(map.Entry("stock-per-day")!.Key.Place, "COUPON_STOCK", id.Value);
    }

    private CouponValue? ReadValue(YamlScalar id, YamlMap map)
    {
        var kinds = map.Entries.Where(entry => CouponFormat.Kinds.Contains(entry.Key.Value)).ToArray();
        if (kinds.Length == 0)
            findings.Error(id.Place, "COUPON_NO_KIND", id.Value, string.Join("`, `", CouponFormat.Kinds));
        if (kinds.Length > 1)
            findings.Error(
                kinds[1].Key.Place, "COUPON_TWO_KINDS", id.Value, kinds[0].Key.Value, kinds[1].Key.Value);
        return kinds is [var kind] ? ReadValue(kind, map) : null;
    }

    private CouponValue? ReadValue(YamlEntry kind, YamlMap map)
    {
        var text = (kind.Value as YamlScalar)?.Value;
        return kind.Key.Value switch
        {
            "off" => MoneyOf(text) is { } off ? new CouponValue.MoneyOff(off) : null,
            "percent" => Forms.ReadDecimal(text) is { } percent
                ? new CouponValue.PercentOff(percent, MoneyOf(map.Text("cap")))
                : null,
            "gift" => text is null ? null : new CouponValue.Gift(text),
            "exchange" => text is null ? null : new CouponValue.Exchange(text),
            "parking" => Forms.ReadMinutes(text) is { } minutes ? new CouponValue.Parking(minutes) : null,
            _ => ReadMultiplier(kind),
        };
    }

    private CouponValue.Multiplier? ReadMultiplier(YamlEntry kind)
    {
        var map = kind.Value as YamlMap;
        if (Forms.ReadDecimal(map?.Text("by")) is not { } by)
            return null;
        if (map!.Scalar("wallet") is { } named)
        {
            if (declared.Wallets.All(wallet => wallet.Id != named.Value))
                findings.Unknown(
                    named.Place, "WALLET_UNKNOWN", named.Value, declared.Wallets.Select(wallet => wallet.Id));
            return new(named.Value, by);
        }

        var wallet = declared.Wallets.FirstOrDefault(candidate => candidate.Spendable);
        if (wallet is null)
            findings.Error(kind.Key.Place, "WALLET_NOT_NAMED");
        return wallet is null ? null : new(wallet.Id, by);
    }

    private CouponValidity? ReadValid(YamlScalar id, YamlMap map)
    {
        var valid = map.Map("valid");
        var days = Forms.ReadInteger(valid?.Text("days"));
        var (from, to) = (Forms.ReadDay(valid?.Text("from")), Forms.ReadDay(valid?.Text("to")));
        if ((days is null) == (to is null))
        {
            findings.Error((valid as YamlNode ?? id).Place, "COUPON_VALID", id.Value);
            return null;
        }

        if (from > to)
            findings.Error(valid!.Entry("to")!.Key.Place, "COUPON_REVERSED", id.Value);
        return new(days, from, to, Forms.ReadInteger(map.Text("after")) ?? 0);
    }

    private static CouponLimit? ReadLimit(YamlMap? map) => Forms.ReadInteger(map?.Text("times")) is { } times
        ? new(times, Words<LimitWindow>.Read(map!.Text("every")) ?? LimitWindow.Ever)
        : null;

    private CouponScope ReadScope(YamlMap map) => new()
    {
        Malls = Named(map, "malls", "COUPON_MALL_UNKNOWN", declared.Malls.Keys),
        Stores = Named(map, "stores", "COUPON_STORE_UNKNOWN", declared.Stores.Keys),
        Categories = Texts(map, "categories"),
        Brands = Texts(map, "brands"),
        Tiers = Tiers(map),
        Active = map["days"] is null && map["hours"] is null && map["calendar"] is null
            && map["except"] is null
            ? null
            : _active.Read(map),
    };

    private CouponClaim ReadClaim(YamlScalar id, YamlMap map)
    {
        var (from, to) = (MomentOf(map.Text("from")), MomentOf(map.Text("to")));
        if (from >= to)
            findings.Error(map.Entry("to")!.Key.Place, "COUPON_REVERSED", id.Value);
        return new(
            from, to, Tiers(map), Forms.ReadInteger(map.Text("hold")) ?? 10,
            Forms.ReadInteger(map.Text("waiting")) ?? 0);
    }

    private ImmutableArray<string> Tiers(YamlMap map) =>
        Named(map, "tiers", "COUPON_TIER_UNKNOWN", declared.Tiers.Select(tier => tier.Id));

    private ImmutableArray<string> Named(YamlMap map, string key, string code, IEnumerable<string> known) =>
        NameReader.Read(map.List(key), code, known, findings);

    private static ImmutableArray<string> Texts(YamlMap map, string key) => NameReader.Texts(map.List(key));

    private DateTimeOffset? MomentOf(string? text) => Forms.ReadMoment(text) is { } local
        ? new DateTimeOffset(local, declared.Zone.GetUtcOffset(local))
        : null;

    private static Money? MoneyOf(string? text) =>
        Forms.ReadDecimal(text) is { } amount ? new Money(amount) : null;
}
